import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundTo } from '../../reference/arithmetic/precision.ts'
import { hasSome } from '../../spec/language/elements.ts'
import {
  array,
  free,
  nonnegative,
  optional,
  padding,
  positive,
  share,
  some,
  someInEachRow,
  whole,
} from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { mean, numbersDrawn, space } from '../fixtures/numbers-drawn.ts'
import { convolution, network, pooling } from '../fixtures/toys.ts'
import type { Case } from './case.ts'
import { distributions } from './distributions.ts'
import { type Grid, realize } from './fill.ts'
import { recipes } from './recipe-arbitrary.ts'

test('what is made nearly equal to the largest numbers stays a number', () => {
  const two = {
    dimensions: { N: free(4, 4, 'numbers') },
    inputs: { x: array('some', 'N'), y: array('others', 'N') },
    parameters: {},
  }
  const cases = Array.from({ length: 300 }, (_, seed) =>
    realize(two, {
      ...{ sizes: { N: 4 }, parameters: {}, equalities: true, seed },
      distribution: 'next to the ends',
    }),
  )
  const numbers = cases.flatMap(({ inputs }) => [...inputs.x.data, ...inputs.y.data])
  expect(numbers.filter((x) => Math.abs(x) > 2 ** 127).length).toBeGreaterThan(300)
  expect(numbers.every(Number.isFinite)).toBe(true)
})

test('an array that may be left out sometimes is: zeros that say so, whatever is made equal', () => {
  const shifted = {
    dimensions: { N: free(1, 4, 'numbers') },
    inputs: { x: array('numbers', 'N'), by: optional(array('what is added', 'N')) },
    parameters: {},
  }
  const drawn = fc.sample(recipes(shifted, 'reals'), { seed: 1, numRuns: 300 })
  const cases = drawn.map((recipe) => realize(shifted, { ...recipe, equalities: true }))
  const absent = cases.filter(({ inputs }) => inputs.by.absent)
  expect(absent.length).toBeGreaterThan(20)
  expect(absent.length).toBeLessThan(100)
  expect(absent.flatMap(({ inputs }) => [...inputs.by.data].filter((x) => x !== 0))).toEqual([])
  expect(cases.filter(({ inputs }) => inputs.x.absent)).toEqual([])
})

test('shares are from 0 to 1, with both ends, and near each of them', () => {
  const shares = {
    dimensions: { N: free(1, 8, 'samples') },
    inputs: { D: share('probabilities', 'N'), other: share('others', 'N') },
    parameters: {},
  }
  const drawn = fc.sample(recipes(shares, 'reals'), { seed: 1, numRuns: 400 })
  const cases = drawn.map((recipe) => realize(shares, { ...recipe, equalities: true }).inputs)
  const all = cases.flatMap(({ D, other }) => [...D!.data, ...other!.data])
  expect(all.filter((d) => !(d >= 0 && d <= 1) || (d > 0 && d < 2 ** -126))).toEqual([])
  const near = (end: number) => all.filter((d) => d !== end && Math.abs(d - end) < 1e-3)
  for (const end of [0, 1]) {
    expect(all).toContain(end)
    expect(near(end).length).toBeGreaterThan(10)
  }
})

test('padding of sequences is behind in most cases, and anywhere in some', () => {
  const sequences = {
    dimensions: { T: free(1, 6, 'steps'), N: free(1, 4, 'sequences') },
    inputs: { padded: padding('1 where a step is padding', 'T', 'N') },
    parameters: {},
  }
  const drawn = fc.sample(recipes(sequences, 'integers'), { seed: 1, numRuns: 800 })
  const cases = drawn.map((recipe) => realize(sequences, recipe).inputs.padded)
  const lengthsOf = ({ shape: [T, N], data }: Tensor) =>
    Array.from({ length: N! }, (_, n) => {
      const steps = Array.from({ length: T! }, (_, t) => data[t * N! + n]!)
      const length = steps.filter((bit) => bit === 0).length
      return { length, T: T!, isBehind: steps.every((bit, t) => bit === (t < length ? 0 : 1)) }
    })
  const lengths = cases.map(lengthsOf)
  const before = lengths.filter((each) => each.some(({ isBehind }) => !isBehind))
  // Of the quarter that has it anywhere, some happen to have it behind.
  expect(before.length).toBeGreaterThan(80)
  expect(before.length).toBeLessThan(800 / 4)
  const told = lengths.filter((each) =>
    each.every(({ isBehind, length }) => isBehind && length > 0),
  )
  expect(told.length).toBeGreaterThan(800 * (5 / 8))
  const each = told.flat()
  expect(each.filter(({ length, T }) => length < T).length).toBeGreaterThan(each.length / 3)
  expect(each.filter(({ length, T }) => length === T).length).toBeGreaterThan(each.length / 5)
  expect(lengths.flat().filter(({ length }) => length === 0).length).toBeGreaterThan(20)
})

test('elements that are whole numbers of a range reach its ends and small numbers; scales are above 0', () => {
  const coded = {
    dimensions: { N: free(1, 1000, 'codes') },
    inputs: {
      codes: whole(({ least }) => [least, 127], 'codes', 'N'),
      scales: positive('scales', 'N'),
    },
    parameters: {},
  }
  for (const distribution of Object.keys(distributions)) {
    const recipe = { sizes: { N: 1000 }, parameters: { least: -128 }, distribution, seed: 1 }
    const { codes, scales } = realize(coded, recipe).inputs
    const drawn = new Set(codes.data)
    const missing = [-128, -127, 0, 126, 127].filter((code) => !drawn.has(code))
    expect(missing, distribution).toEqual([])
    expect([...drawn].filter((x) => !(Number.isInteger(x) && x >= -128 && x <= 127))).toEqual([])
    expect(Array.from(scales.data).filter((x) => !(x > 0))).toEqual([])
  }
})

test('whole numbers that a narrow grid rounds out of their range are drawn within it', () => {
  const coded = {
    dimensions: { N: free(1, 1000, 'codes') },
    inputs: { codes: whole([0, 65535], 'codes', 'N') },
    parameters: {},
  }
  const recipe = { sizes: { N: 1000 }, parameters: {}, distribution: 'uniform', seed: 1 }
  const round = (x: number) => roundTo('float16', x)
  const halves: Grid = { round, native: false, dtype: 'float32' }
  const { codes } = realize(coded, recipe, halves).inputs
  expect(Math.max(...codes.data)).toBeLessThanOrEqual(65504)
  expect(Array.from(codes.data).filter((x) => !Number.isInteger(x))).toEqual([])
})

test('whole numbers far beyond a narrow grid are drawn within it', () => {
  const counted = {
    dimensions: { N: free(1, 1000, 'counts') },
    inputs: { counts: whole([0, 1e9], 'counts', 'N') },
    parameters: {},
  }
  const recipe = { sizes: { N: 1000 }, parameters: {}, distribution: 'uniform', seed: 1 }
  const round = (x: number) => roundTo('float16', x)
  const { counts } = realize(counted, recipe, { round, native: false, dtype: 'float32' }).inputs
  expect(Math.max(...counts.data)).toBeGreaterThan(30000)
  expect(Math.max(...counts.data)).toBeLessThanOrEqual(65504)
})

test('of a single whole number that may be 0, half are all that there is, and few are none', () => {
  const counted = {
    dimensions: {},
    inputs: { count: whole([0, 4], 'how many there are') },
    parameters: {},
  }
  for (const distribution of ['small integers', 'normal', 'zeros', 'wide range']) {
    const drawn = Array.from({ length: 300 }, (_, seed) => {
      const recipe = { sizes: {}, parameters: {}, distribution, seed }
      return realize(counted, recipe).inputs.count.data[0]
    })
    const share = (count: number) => drawn.filter((each) => each === count).length / drawn.length
    expect(share(4), distribution).toBeGreaterThan(0.45)
    // A third of the others are zeros where all that is drawn is.
    expect(share(0), distribution).toBeLessThan(distribution === 'zeros' ? 0.35 : 0.25)
    expect(share(0), distribution).toBeGreaterThan(0.02)
  }
})

test('an array that must not be zeros alone never is', () => {
  const weighted = {
    dimensions: { N: free(1, 3, 'weights') },
    inputs: { weights: some(nonnegative('weights', 'N')) },
    parameters: {},
  }
  const drawn = fc.sample(recipes(weighted, 'integers'), { seed: 1, numRuns: 300 })
  const arrays = drawn.map((recipe) => [...realize(weighted, recipe).inputs.weights.data])
  expect(arrays.filter((data) => data.every((w) => w === 0))).toEqual([])
  expect(arrays.filter((data) => data.includes(0)).length).toBeGreaterThan(20)
})

test('each row has an element above 0 where it must have one', () => {
  const space = {
    dimensions: { N: free(1, 3, 'samples'), C: free(1, 3, 'classes') },
    inputs: { shares: someInEachRow(nonnegative('shares', 'N', 'C')) },
    parameters: {},
  }
  const drawn = fc.sample(recipes(space, 'integers'), { seed: 1, numRuns: 300 })
  const arrays = drawn.map((recipe) => realize(space, recipe).inputs.shares)
  expect(arrays.filter((array) => !hasSome(space.inputs.shares, array))).toEqual([])
  expect(arrays.filter(({ data }) => data.includes(0)).length).toBeGreaterThan(20)
})

describe('realize', () => {
  const recipe = { sizes: { N: 100 }, parameters: {}, distribution: 'normal', seed: 3 }

  test('gives the same case for the same recipe, and another for another seed', () => {
    expect(realize(space, recipe)).toEqual(realize(space, recipe))
    expect(realize(space, recipe)).not.toEqual(realize(space, { ...recipe, seed: 4 }))
  })

  // As another program for the same generator, written in Python, gives them.
  test('gives the same numbers on every machine', () => {
    expect(numbersDrawn('small integers', 42, 12)).toMatchInlineSnapshot(`
      [
        -2,
        -3,
        0,
        4,
        -4,
        -3,
        1,
        -4,
        4,
        2,
        -3,
        1,
      ]
    `)
    expect(numbersDrawn('normal', 42, 2)).toMatchInlineSnapshot(`
      [
        -0.19711072742938995,
        -1.9844731092453003,
      ]
    `)
  })

  test('fills each input from a stream of its own', () => {
    const { inputs } = realize(space, recipe)
    const x = [...inputs.x.data]
    const y = [...inputs.y.data]
    expect(x.filter((element) => y.includes(element))).toEqual([])
    const correlation = mean(x.map((element, i) => element * y[i]))
    expect(Math.abs(correlation)).toBeLessThan(0.3)
  })

  test('puts all numbers on the grid', () => {
    const coarse: Grid = { round: (x) => Math.round(x * 16) / 16, native: false, dtype: 'float64' }
    for (const x of numbersDrawn('uniform', 1, 1000, coarse))
      expect(Number.isInteger(x * 16)).toBe(true)
    const float64: Grid = { round: (x) => x, native: true, dtype: 'float64' }
    expect(numbersDrawn('normal', 1, 1000, float64).some((x) => Math.fround(x) !== x)).toBe(true)
    const narrow: Grid = {
      round: (x) => (Math.abs(x) > 65504 ? x * Number.POSITIVE_INFINITY : Math.fround(x)),
      native: false,
      dtype: 'float32',
    }
    expect(numbersDrawn('wide range', 1, 1000, narrow).every(Number.isFinite)).toBe(true)
  })

  test('gives bits where bits are asked for, and nothing negative where that is', () => {
    const cases = (toy: Parameters<typeof recipes>[0]): Case[] =>
      fc.sample(recipes(toy, 'reals'), { seed: 1, numRuns: 300 }).map((it) => realize(toy, it))
    const masks = cases(network).flatMap(({ inputs }) => [...inputs.mask.data])
    expect(new Set(masks)).toEqual(new Set([0, 1]))
    expect(Math.abs(mean(masks) - 0.5)).toBeLessThan(0.05)
    const weights = cases(pooling).flatMap(({ inputs }) => [...inputs.weights.data])
    expect(weights.filter((x) => x < 0 || Object.is(x, -0))).toEqual([])
    expect(weights.some((x) => x > 1)).toBe(true)
  })

  test('handles single numbers and empty arrays', () => {
    for (const distribution of Object.keys(distributions)) {
      expect(numbersDrawn(distribution, 1, 0)).toEqual([])
      expect(numbersDrawn(distribution, 1, 1).every(Number.isFinite)).toBe(true)
    }
  })

  test('refuses a distribution that it does not know', () => {
    expect(() => numbersDrawn('no such')).toThrow("there is no distribution 'no such'")
  })
})

test('speed, compared with arrays drawn by fast-check element by element', () => {
  const numbers = (length: number) =>
    fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: length,
      maxLength: length,
    })
  const elementwise = recipes(convolution, 'reals').chain(({ sizes }) =>
    fc.record({
      x: numbers(sizes.N * sizes.H * sizes.W * sizes.K),
      filters: numbers(sizes.R * sizes.S * sizes.K * sizes.Q),
      bias: numbers(sizes.Q),
    }),
  )
  const filled = recipes(convolution, 'reals').map((recipe) => realize(convolution, recipe))
  const perSecond = (arbitrary: fc.Arbitrary<unknown>, numRuns: number) => {
    fc.sample(arbitrary, { seed: 1, numRuns: 200 })
    const start = performance.now()
    fc.sample(arbitrary, { seed: 2, numRuns })
    return Math.round((1000 * numRuns) / (performance.now() - start))
  }
  const [fast, slow] = [perSecond(filled, 10_000), perSecond(elementwise, 2_000)]
  console.log(
    `${fast} cases/s filled from recipes, ${slow} cases/s element by element: ${(fast / slow).toFixed(1)} times`,
  )
  expect(fast).toBeGreaterThan(0)
})
