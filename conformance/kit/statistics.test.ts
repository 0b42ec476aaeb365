import { describe, expect, it } from 'vitest'
import type { Accumulator, Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee, profiles } from '../../reference/arithmetic/profile.ts'
import {
  nearest,
  type Steps,
  stepByStep,
  towardsZero,
} from '../../reference/arithmetic/step-by-step.ts'
import { referencesById } from '../../reference/index.ts'
import { conv2dFilterGradient } from '../../spec/cnn/backprop.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { dense } from '../../spec/cnn/flatten.ts'
import { averagePool } from '../../spec/cnn/pool.ts'
import { operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import { casesOf } from '../engine/cases.ts'
import { checkProperties, checkProperty } from '../engine/check.ts'
import { referenceImplementation, toFloat32 } from '../engine/fault.ts'
import type { Evaluate, Implementation } from '../engine/implementation.ts'
import type { Verdict } from '../engine/verdict.ts'
import { properties } from '../properties/index.ts'
import { agreement } from './agreement.ts'
import { longSum, longSumsIn } from './long-sums.ts'
import { longSumsOf } from './spread-errors.ts'
import { judgedByStatistics, statistics } from './statistics.ts'

const right = referenceImplementation(operations, referencesById)
const options = { runs: 100, deadline: null, kept: [], shrink: false, repeat: false }

/** An operation computed step by step, in float32 at the end. */
function inSteps({ id }: Operation, steps: Steps, change = (x: number) => x): Evaluate {
  const arithmetic = stepByStep(steps)
  return (inputs, parameters) => {
    const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
    const outputs = mapValues(referencesById[id]!(arithmetic, arrays, parameters), toFloat32)
    return mapValues(outputs, ({ data, ...of }) => ({
      ...of,
      data: Float32Array.from(data as Float32Array, change),
    }))
  }
}

async function verdictOn(
  operation: Operation,
  evaluate: Evaluate,
  seed = 0,
  more: Partial<Implementation> = {},
): Promise<Verdict> {
  const implementation = { ...right, operations: { [operation.id]: evaluate }, ...more }
  const property = statistics(operation)('cnn.conv2d.forward')
  return (await checkProperty(property, implementation, referencesById, { ...options, seed }))
    .verdict
}

const exactly = (x: number) => x
const { fround } = Math

const rightWays: Readonly<Record<string, Steps>> = {
  'one after the other': { product: fround, sum: fround },
  'from the end': { product: fround, sum: fround, order: 'backwards' },
  pairwise: { product: fround, sum: fround, order: 'pairwise' },
  'in eight lanes': { product: fround, sum: fround, order: 'in eight lanes' },
  'fused with the product': { sum: fround },
  'in lanes, fused with the product': { sum: fround, order: 'in eight lanes' },
  'in double precision': { sum: exactly },
  'with what is lost made up for': { product: fround, sum: fround, order: 'compensated' },
}

describe('a right implementation conforms', () => {
  it.each([conv2d, dense].map((operation) => [operation.id, operation] as const))(
    'in whatever order it adds, with every seed: %s',
    async (_, operation) => {
      const property = statistics(operation)('cnn.conv2d.forward')
      const candidates = Object.entries(rightWays).map(([name, steps]) => {
        const operations = { [operation.id]: inSteps(operation, steps) }
        return { ...options, implementation: { ...right, name, operations } }
      })
      for (let seed = 0; seed < 10; seed++) {
        const checked = await checkProperties(property, candidates, referencesById, seed)
        for (const [i, { verdict }] of checked.entries()) {
          const { name } = candidates[i]!.implementation
          expect(verdict, name).toMatchObject({ outcome: 'conforms', cases: 1 })
        }
      }
    },
  )

  it('in float16, in which no term is lost beside the others', async () => {
    const half = nearest(11)
    const float16 = { precision: 'float16' as const }
    for (const order of ['forwards', 'backwards', 'pairwise', 'in eight lanes'] as const) {
      const evaluate = inSteps(dense, { product: half, sum: half, order })
      for (let seed = 0; seed < 10; seed++) {
        expect((await verdictOn(dense, evaluate, seed, float16)).outcome).toBe('conforms')
      }
    }
  })
})

const cut = 'sums are cut off towards zero instead of rounded to the nearest'
const wrongWays: readonly (readonly [string, Steps, string | RegExp])[] = [
  ['cuts off', { product: fround, sum: towardsZero(24) }, cut],
  ['cuts off in pairs', { sum: towardsZero(24), order: 'pairwise' }, cut],
  ['cuts off in lanes', { sum: towardsZero(24), order: 'in eight lanes' }, cut],
  [
    'rounds factors to TF32',
    { factor: nearest(11), sum: fround },
    /rounded to the 11 digits of TF32/,
  ],
  [
    'cuts factors to TF32',
    { factor: towardsZero(11), sum: fround },
    /cut to the 11 digits of TF32/,
  ],
  ['rounds factors to bfloat16', { factor: nearest(8), sum: fround }, /factors .* bfloat16/],
  ['rounds products to bfloat16', { product: nearest(8), sum: fround }, /products .* bfloat16/],
  ['keeps sums in bfloat16', { sum: nearest(8) }, 'sums are kept in the 8 digits of bfloat16'],
]

describe('a wrong implementation is noticed and told by its name', () => {
  for (const [way, steps, name] of wrongWays) {
    it(`that ${way}`, async () => {
      for (const operation of [conv2d, conv2dFilterGradient]) {
        const verdict = await verdictOn(operation, inSteps(operation, steps))
        expect(verdict.outcome).toBe('violates')
        if (verdict.outcome !== 'violates') return
        expect(verdict.diagnosis).toMatch(name)
        expect(verdict.reason).toMatch(/^mean (square )?of the errors of/)
      }
    })
  }

  it('whose answers are all off by the same factor', async () => {
    for (const factor of [1 + 1e-5, 1 - 1e-5]) {
      const off = inSteps(dense, rightWays.pairwise!, (x) => x * factor)
      const verdict = await verdictOn(dense, off)
      const sign = factor > 1 ? '+' : '−'
      const name = `every sum is off by a factor of 1 ${sign} 1.0e-5`
      expect(verdict).toMatchObject({ outcome: 'violates', diagnosis: name })
    }
  })

  it('and not those that are nothing, or half of it', async () => {
    for (const factor of [0, 0.5]) {
      const verdict = await verdictOn(
        dense,
        inSteps(dense, rightWays.pairwise!, (x) => x * factor),
      )
      expect(verdict).toMatchObject({ outcome: 'violates', diagnosis: null })
    }
  })

  it('and one that loses a term, like no other, is noticed without a name', async () => {
    const short = inSteps(conv2d, rightWays.pairwise!)
    const verdict = await verdictOn(conv2d, (inputs, parameters) => {
      const filters = inputs.filters!
      const data = (filters.data as Float32Array).slice()
      data.fill(0, 0, 8)
      return short({ ...inputs, filters: { ...filters, data } }, parameters)
    })
    expect(verdict).toMatchObject({ outcome: 'violates', diagnosis: null })
  })
})

it('answers that are all the same are not taken for sums of few digits', async () => {
  const sevens = inSteps(conv2d, rightWays.pairwise!, () => 7)
  expect(await verdictOn(conv2d, sevens)).toMatchObject({ outcome: 'violates', diagnosis: null })
})

describe('in every operation of several layers', () => {
  const asked = (operations as readonly Operation[]).filter((operation) =>
    longSumsIn(operation).some(({ arrays }) => arrays !== undefined),
  )
  const ways = Object.values(rightWays)
  const larger = (x: number) => x * (1 + 1e-5)
  const wrong = [
    [{ sum: towardsZero(24) }, cut],
    [rightWays.pairwise!, 'every sum is off by a factor of 1 + 1.0e-5', larger],
    [{ factor: nearest(11), sum: fround }, 'factors are rounded to the 11 digits of TF32'],
    [{ factor: nearest(8), sum: fround }, 'factors are rounded to the 8 digits of bfloat16'],
  ] as const

  it.each(asked.map((operation, i) => [operation.id, operation, i] as const))(
    '%s: a right way to add conforms, and a wrong one is told by its name',
    async (_, operation, i) => {
      const right = inSteps(operation, ways[i % ways.length]!)
      expect(await verdictOn(operation, right)).toMatchObject({ outcome: 'conforms', cases: 1 })
      const [steps, name, change] = wrong[i % wrong.length]!
      const verdict = await verdictOn(operation, inSteps(operation, steps, change))
      expect(verdict).toMatchObject({ outcome: 'violates', diagnosis: name })
    },
  )
})

it('a bound alone passes sums that are cut off, and an error of 10^-6', async () => {
  // Of a dense layer, the profile of transforms allows what the default does, and no statistics.
  const bounds = { profile: profiles.transforms }
  for (const evaluate of [
    inSteps(dense, { sum: towardsZero(24), order: 'in eight lanes' }),
    inSteps(dense, rightWays.pairwise!, (x) => x * (1 + 1e-6)),
  ]) {
    expect((await verdictOn(dense, evaluate)).outcome).toBe('violates')
    expect((await verdictOn(dense, evaluate, 0, bounds)).outcome).toBe('conforms')
  }
})

describe('an implementation that does not declare to round to nearest', () => {
  it('is judged by its bounds alone', async () => {
    const cuts = inSteps(averagePool, { sum: towardsZero(24) })
    const truncating = { profile: profiles.truncating }
    expect((await verdictOn(averagePool, cuts)).outcome).toBe('violates')
    expect((await verdictOn(averagePool, cuts, 0, truncating)).outcome).toBe('conforms')
    const wrong = inSteps(averagePool, { sum: nearest(8) })
    expect((await verdictOn(averagePool, wrong, 0, truncating)).outcome).toBe('violates')
  })

  it('is one of a profile, or of a format too coarse', () => {
    expect(judgedByStatistics('float32', ieee)).toBe(true)
    expect(judgedByStatistics('float64', profiles['tanh-sigmoid'])).toBe(true)
    expect(judgedByStatistics('float16', ieee)).toBe(true)
    for (const name of ['truncating', 'transforms', 'library', 'wgsl'] as const) {
      expect(judgedByStatistics('float32', profiles[name])).toBe(false)
    }
    expect(judgedByStatistics('bfloat16', ieee)).toBe(false)
    expect(judgedByStatistics('tf32', ieee)).toBe(false)
  })
})

/** How many terms the longest sum has that an operation adds up in some of its cases. */
function longestSum(operation: Operation): number {
  let longest = 0
  class Terms implements Accumulator<number> {
    #sum = 0
    #count = 0

    add(term: number): void {
      this.#sum += term
      if (term !== 0) this.#count++
    }

    total(): number {
      longest = Math.max(longest, this.#count)
      return this.#sum
    }
  }
  const counting: Arithmetic<number> = {
    ...number,
    accumulator: () => new Terms(),
    total: (terms) => {
      const sum = new Terms()
      for (const term of terms) sum.add(term)
      return sum.total()
    },
  }
  const property = agreement(operation, 'reals', { kills: [] })('a clause')
  let tried = 0
  for (const drawn of casesOf(property, referencesById, 0)) {
    if (tried++ === 60 || longest >= longSum) break
    const { inputs, parameters } = drawn.on('float32').testCase
    const arrays = mapValues(inputs, (tensor) => lift(counting, tensor))
    referencesById[operation.id]!(counting, arrays, parameters)
  }
  return longest
}

describe('the operations with long sums', () => {
  const all: readonly Operation[] = operations

  it('are all that reach 64 terms in some case, or they say why they are not', () => {
    const asked = all.filter(({ inputs }) => Object.keys(inputs).length > 0)
    const long = asked.filter((operation) => longestSum(operation) >= longSum)
    expect(long.length).toBeGreaterThan(30)
    expect(long.filter(({ sums }) => sums === undefined).map(({ id }) => id)).toEqual([])
  })

  it('have a thousand of them and more in each kind of data, and a property', () => {
    let limits = 0
    for (const operation of all) {
      if (longSumsIn(operation).length === 0) continue
      const found = longSumsOf(operation, 'float32', ieee, 3)
      limits += 2 * found.length
      for (const data of ['one sign', 'small onto large']) {
        const those = found.filter(({ question }) => question.data === data)
        const count = those.reduce((sum, { places }) => sum + places.length, 0)
        expect(count, operation.id).toBeGreaterThanOrEqual(1000)
      }
      const terms = found.flatMap(({ sums, question }) =>
        question.data === 'one sign' ? sums.map((sum) => sum.terms) : [],
      )
      expect(terms.filter((count) => count >= longSum).length).toBeGreaterThanOrEqual(1000)
      const [, name] = operation.id.split('.')
      expect(properties.filter(({ id }) => id.endsWith(`/${name}-rounding`))).toHaveLength(1)
    }
    // So that false alarms are as rare as is said.
    expect(limits).toBeLessThan(1000)
  })
})
