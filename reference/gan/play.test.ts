import { expect, test } from 'vitest'
import { fromData, type NumberArray } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { alternate, schedule } from './alternating-schedule.ts'
import { interpolate, latentArithmetic } from './latent.ts'
import {
  fixedDiscriminatorGradient,
  generatorLosses,
  nonSaturatingDivergence,
  nonSaturatingDivergenceGradient,
} from './nonsaturating.ts'
import { payoffs } from './roles.ts'
import { afterTraining } from './test-time.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const numbersOf = (outputs: Readonly<Record<string, NumberArray<number>>>) =>
  Object.values(outputs).map(({ data }) => data)
const near = (...values: readonly number[]) => values.map((value) => nearly(value))

const generator = {
  generatorHidden: of([1, 1], 0),
  generatorHiddenBias: of([1], 0),
  generatorOutput: of([1, 1], 0),
  generatorOutputBias: of([1], 0),
}
const discriminator = {
  discriminatorHidden: of([1, 1], 1),
  discriminatorHiddenBias: of([1], 1),
  discriminatorOutput: of([1], 1),
  discriminatorOutputBias: of([], -1),
}

test('an iteration in which the discriminator sees no difference', () => {
  const inputs = {
    samples: of([1, 1, 1, 1], 0),
    noise: of([1, 2, 1, 1], 0, 0),
    ...generator,
    ...discriminator,
  }
  const after = alternate(number, inputs, { rate: 1, loss: 'non-saturating' })
  expect(numbersOf(after)).toEqual([[1], [1], [1], [-1], [0], [0], [0], [0.5]])
})

test('turns of two iterations', () => {
  expect(numbersOf(schedule(number, {}, { iterations: 2, ascents: 2, batch: 3 }))).toEqual([
    [0, 0, 1, 0, 0, 1],
    [4, 2],
    [12],
    [18],
  ])
})

test('both losses of a generator', () => {
  const inputs = { logits: of([1], 0), jacobian: of([1, 1], 4) }
  const [saturating, nonSaturating, ...slopes] = numbersOf(generatorLosses(number, inputs, {}))
  expect([saturating, nonSaturating]).toEqual([near(-Math.LN2), near(Math.LN2)])
  expect(slopes).toEqual([[-0.5], [-0.5], [-2], [-2]])
})

test('two points before an optimal discriminator', () => {
  const inputs = { theta: of([2], 0, 0), data: of([2], 3, 1) }
  const divergence = 1.25 * Math.log(5 / 6) + 0.75 * Math.log(3 / 2)
  const slope = Math.log(9 / 5) / 4
  expect(numbersOf(nonSaturatingDivergence(number, inputs, {}))).toEqual([near(divergence)])
  const asked = { ...inputs, dDivergence: of([], 1) }
  expect(numbersOf(nonSaturatingDivergenceGradient(number, asked, {}))).toEqual([
    near(-slope, slope),
  ])
  expect(numbersOf(fixedDiscriminatorGradient(number, inputs, {}))).toEqual([
    near(3 / 5, 1 / 3),
    near(Math.log(5) / 2),
    near(-slope, slope),
  ])
})

test('what both players get where nothing is told apart', () => {
  const inputs = {
    samples: of([1, 1], 3),
    noise: of([1, 1], 0),
    ...generator,
    ...discriminator,
    discriminatorOutput: of([1], 0),
    discriminatorOutputBias: of([], 0),
  }
  const game = payoffs(number, inputs, { loss: 'saturating' })
  expect([game.discriminator.at(), game.generator.at()]).toEqual(near(-2 * Math.LN2, 2 * Math.LN2))
  const other = payoffs(number, inputs, { loss: 'non-saturating' })
  expect(other.generator.at()).toEqual(nearly(-Math.LN2))
})

test('samples and features', () => {
  const inputs = {
    noise: of([1, 1], 7),
    shown: of([1, 1], 5),
    ...generator,
    generatorOutputBias: of([1], 3),
    discriminatorHidden: of([1, 2], 1, -1),
    discriminatorHiddenBias: of([2], 0, 0),
    discriminatorOutput: of([2], 0, 0),
    discriminatorOutputBias: of([], 0),
  }
  expect(numbersOf(afterTraining(number, inputs, {}))).toEqual([[3], [5, -1]])
})

test('a way, and arithmetic, of noise', () => {
  const way = {
    start: of([1], 0),
    end: of([1], 4),
    shares: of([1], 0.25),
    ...generator,
    generatorOutput: of([1, 1], 1),
    generatorOutputBias: of([1], 3),
  }
  expect(numbersOf(interpolate(number, way, {}))).toEqual([[1], [3]])
  const sums = {
    a: of([1, 1], 3),
    b: of([1, 1], 1),
    c: of([1, 1], 2),
    ...generator,
    generatorHidden: of([1, 1], 2),
    generatorOutput: of([1, 1], 1),
    generatorOutputBias: of([1], 5),
  }
  expect(numbersOf(latentArithmetic(number, sums, { activation: 'identity' }))).toEqual([
    [13],
    [13],
  ])
})
