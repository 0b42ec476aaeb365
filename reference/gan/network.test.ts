import { expect, test } from 'vitest'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../arithmetic/array.ts'
import { type Arrays, partials } from '../arithmetic/derivative.ts'
import { type Extended, extended } from '../arithmetic/extended.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import { discriminatorSteps } from './disc-update.ts'
import { generatorObjective, generatorObjectiveGradient, generatorStep } from './gen-update.ts'
import { type Discriminator, discriminated, discriminatorStep } from './network.ts'
import { generate } from './sample-map.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

test('a generator whose hidden units are silent', () => {
  const inputs = {
    noise: of([1, 1], 5),
    generatorHidden: of([1, 1], 0),
    generatorHiddenBias: of([1], 0),
    generatorOutput: of([1, 1], 2),
    generatorOutputBias: of([1], 3),
  }
  expect(generate(number, inputs, {}).x.data).toEqual([3])
})

test('a step of a discriminator that is undecided', () => {
  const inputs = {
    samples: of([1, 2, 1], 1, 3),
    noise: of([1, 2, 1], 0, 0),
    generatorHidden: of([1, 1], 0),
    generatorHiddenBias: of([1], 0),
    generatorOutput: of([1, 1], 0),
    generatorOutputBias: of([1], 0),
    discriminatorHidden: of([1, 1], 1),
    discriminatorHiddenBias: of([1], 0),
    discriminatorOutput: of([1], 0),
    discriminatorOutputBias: of([], 0),
  }
  const after = discriminatorSteps(number, inputs, { rate: 1 })
  expect(after.discriminatorOutput.data).toEqual([1])
  expect(after.discriminatorOutputBias.data).toEqual([0])
  expect(after.discriminatorHidden.data).toEqual([1])
})

test('a generator before a discriminator that is undecided', () => {
  const undecided = {
    noise: of([1, 1], 0),
    generatorHidden: of([1, 1], 0),
    generatorHiddenBias: of([1], 0),
    generatorOutput: of([1, 1], 0),
    generatorOutputBias: of([1], 0),
    discriminatorHidden: of([1, 1], 1),
    discriminatorHiddenBias: of([1], 1),
    discriminatorOutput: of([1], 1),
    discriminatorOutputBias: of([], -1),
  }
  const loss = 'non-saturating'
  expect(generatorObjective(number, undecided, { loss }).objective.at()).toEqual(nearly(-Math.LN2))
  const saturating = generatorObjective(number, undecided, { loss: 'saturating' })
  expect(saturating.objective.at()).toEqual(nearly(Math.LN2))
  const slopes = generatorObjectiveGradient(
    number,
    { ...undecided, dObjective: of([], 1) },
    { loss },
  )
  expect(Object.values(slopes).map(({ data }) => data)).toEqual([[0], [0], [0], [0.5]])
  const after = generatorStep(number, undecided, { loss, rate: 1 })
  expect(after).toEqual({ ...undecided, noise: undefined, generatorOutputBias: of([1], 0.5) })
})

/** Odd multiples of 1/16 between −2 and 2, without an order that a wrong index could hide behind. */
const scattered = (salt: number, ...shape: readonly number[]) => {
  let position = salt
  return build(shape, () => {
    position++
    return extended.exact((2 * ((position * position * 37 + position * 11) % 32) - 31) / 16)
  })
}

/** The steps that parameters take at the rate 1 are the partial derivatives of what is climbed. */
function expectClimbs(
  climbed: <T>(arithmetic: Arithmetic<T>, at: Arrays<T>) => T,
  before: Arrays,
  after: Arrays,
) {
  const { abs, subtract, toNumber } = extended
  for (const [name, moved] of Object.entries(after)) {
    const expected = partials(climbed, before, name)
    for (const [at, { value, error }] of expected.data.entries()) {
      const step = subtract(moved.data[at]!, before[name]!.data[at]!)
      expect(toNumber(abs(subtract(step, value)))).toBeLessThanOrEqual(toNumber(error))
      expect(toNumber(value)).not.toBe(0)
    }
  }
}

const samples = { real: scattered(1, 3, 2), fake: scattered(50, 3, 2) }
const at = <T>(arithmetic: Arithmetic<T>, x: NumberArray<Extended>): NumberArray<T> =>
  build(x.shape, (...index) => arithmetic.exact(x.at(...index).toNumber()))

test('the step of a discriminator climbs the objective', () => {
  const before = {
    discriminatorHidden: scattered(100, 2, 3),
    discriminatorHiddenBias: scattered(200, 3),
    discriminatorOutput: scattered(300, 3),
    discriminatorOutputBias: scattered(400),
  }
  const objective = <T>(arithmetic: Arithmetic<T>, now: Arrays<T>) => {
    const { add, divide, exact, log, negate } = arithmetic
    const logits = (x: NumberArray<Extended>) =>
      discriminated(arithmetic, now as unknown as Discriminator<T>, at(arithmetic, x)).logits
    const [real, fake] = [logits(samples.real), logits(samples.fake)]
    const terms = sum(arithmetic, [3], (i) =>
      add(log(sigmoid(arithmetic, real.at(i))), log(sigmoid(arithmetic, negate(fake.at(i))))),
    )
    return divide(terms, exact(3))
  }
  const after = discriminatorStep(extended, before, samples.real, samples.fake, 1)
  expectClimbs(objective, before, after as unknown as Arrays)
})
