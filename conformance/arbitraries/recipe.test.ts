import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forwardGradient } from '../../spec/gru/forward.ts'
import { checkArguments } from '../../spec/language/check.ts'
import { array, free } from '../../spec/language/operation.ts'
import { alternatives, choice, integer, real } from '../../spec/language/parameter.ts'
import { convolution, network, pooling } from '../fixtures/toys.ts'
import type { Recipe } from './case.ts'
import { realize } from './fill.ts'
import { recipes } from './recipe-arbitrary.ts'

const RUNS = 2000
const sample = (space: Parameters<typeof recipes>[0], seed = 1) =>
  fc.sample(recipes(space, 'reals'), { seed, numRuns: RUNS })

/** The recipe that fast-check ends with when everything that satisfies `fails` is a failure. */
function shrunk(space: Parameters<typeof recipes>[0], fails: (recipe: Recipe) => boolean): Recipe {
  const property = fc.property(recipes(space, 'reals'), (recipe) => !fails(recipe))
  const { counterexample } = fc.check(property, { seed: 1, numRuns: RUNS })
  if (!counterexample) throw new Error('no recipe failed')
  return counterexample[0]
}

describe.each([convolution, pooling, network])('recipes of $id', (space) => {
  test('are valid, and tell all sizes', () => {
    for (const recipe of sample(space)) {
      const { inputs, parameters } = realize(space, recipe)
      expect(checkArguments(space, inputs, parameters)).toEqual(recipe.sizes)
    }
  })

  test('are the same for the same seed, and plain data', () => {
    expect(sample(space, 7)).toEqual(sample(space, 7))
    expect(sample(space, 7)).not.toEqual(sample(space, 8))
    const [recipe] = sample(space)
    expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe)
  })
})

describe('sizes', () => {
  const chosen = (recipe: Recipe) =>
    ['N', 'H', 'W', 'K', 'R', 'S', 'Q'].map((symbol) => recipe.sizes[symbol])

  test('differ from each other in most cases, and coincide in some', () => {
    const apart = sample(convolution).filter((recipe) => new Set(chosen(recipe)).size === 7)
    expect(apart.length).toBeGreaterThan(0.87 * RUNS)
    expect(apart.length).toBeLessThan(0.95 * RUNS)
  })

  test('stay in their ranges and reach both ends', () => {
    const all = sample(convolution)
    for (const [symbol, upTo] of Object.entries({ N: 3, K: 4, Q: 5 })) {
      const found = new Set(all.map(({ sizes }) => sizes[symbol]))
      expect([...found].sort()).toEqual(Array.from({ length: upTo }, (_, i) => i + 1))
    }
    const slacks = sample(pooling).map(({ sizes, parameters }) => sizes.H - parameters.window)
    expect([...new Set(slacks)].sort()).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('with the same range are small equally often', () => {
    const range = free(1, 4, 'any')
    const space = {
      dimensions: { A: range, B: range, C: range, D: range },
      inputs: {},
      parameters: {},
    }
    for (const symbol of ['A', 'B', 'C', 'D']) {
      const ones = sample(space).filter(({ sizes }) => sizes[symbol] === 1).length
      expect(Math.abs(ones / RUNS - 0.25)).toBeLessThan(0.05)
    }
  })

  test('go beyond their ranges when these leave no room to differ', () => {
    const one = free(1, 1, 'one')
    const space = { dimensions: { A: one, B: one, C: one }, inputs: {}, parameters: {} }
    const found = new Set(sample(space).map(({ sizes }) => Object.values(sizes).sort().join()))
    expect([...found].sort()).toEqual(['1,1,1', '1,2,3'])
  })
})

describe('parameters', () => {
  test('take each alternative equally often', () => {
    const words = sample(convolution).filter(({ parameters }) => !Array.isArray(parameters.padding))
    expect(words.length).toBeGreaterThan(0.45 * RUNS)
    expect(words.length).toBeLessThan(0.55 * RUNS)
  })

  test('are repaired before sizes are computed from them', () => {
    const all = sample(pooling)
    expect(all.some(({ parameters }) => parameters.stride === parameters.window)).toBe(true)
    for (const { sizes, parameters } of all) {
      expect(parameters.stride).toBeLessThanOrEqual(parameters.window)
      expect(parameters.rows).toEqual([sizes.H, sizes.C])
    }
  })

  test('that are real take the given values and points of float32 in between', () => {
    const rates = sample(network).map(({ parameters }) => parameters.rate as number)
    const given = rates.filter((rate) => rate === 0.5 || rate === 0.9)
    expect(given.length).toBeGreaterThan(0.45 * RUNS)
    expect(given.length).toBeLessThan(0.55 * RUNS)
    for (const rate of rates) expect(rate === 0.9 || Math.fround(rate) === rate).toBe(true)
    expect(new Set(rates).size).toBeGreaterThan(0.2 * RUNS)
    for (const { parameters } of sample(network)) {
      expect(Math.fround(parameters.epsilon)).toBe(parameters.epsilon)
    }
  })
})

test('real parameters stay in a range that no float32 lies in', () => {
  const narrow = { min: 0.3, max: 0.30000001, from: 0.3, to: 0.30000001 }
  const space = { dimensions: {}, inputs: {}, parameters: { p: real(narrow) } }
  for (const { parameters } of sample(space)) {
    expect(parameters.p).toBeGreaterThanOrEqual(0.3)
    expect(parameters.p).toBeLessThanOrEqual(0.30000001)
  }
})

describe('shrinking', () => {
  test('ends with all sizes 1, the first alternatives and small integers', () => {
    expect(shrunk(convolution, () => true)).toMatchObject({
      sizes: { N: 1, H: 1, W: 1, K: 1, R: 1, S: 1, Q: 1, P: 1, O: 1 },
      parameters: { strides: [1, 1], padding: 'valid' },
      distribution: 'small integers',
    })
  })

  test('keeps only what the failure needs', () => {
    const smallest = shrunk(
      convolution,
      ({ sizes, parameters, distribution }) =>
        sizes.K !== sizes.Q && parameters.strides[1] > 1 && distribution !== 'small integers',
    )
    expect(smallest.sizes.K + smallest.sizes.Q).toBe(3)
    expect(smallest).toMatchObject({
      sizes: { N: 1, H: 1, W: 1, R: 1, S: 1 },
      parameters: { strides: [1, 2], padding: 'valid' },
      distribution: 'one-hot',
    })
  })

  test('of real parameters ends with the first value, or else with a simple point', () => {
    const space = {
      dimensions: { N: free(1, 2, 'samples') },
      inputs: { x: array('some', 'N') },
      parameters: { p: real({ from: 0, to: 8, values: [3] }), q: real({ from: 0, to: 8 }) },
    }
    expect(shrunk(space, () => true).parameters).toEqual({ p: 3, q: 4 })
    const { p, q } = shrunk(space, ({ parameters }) => parameters.p > 5).parameters
    // The middle of one of at most eight parts: 5.5, 6, 6.5, 7 or 7.5, whichever it came from.
    expect({ halves: (2 * p) % 1, isBeyond: p > 5, q }).toEqual({ halves: 0, isBeyond: true, q: 4 })
  })

  test('leaves the seed alone', () => {
    const property = fc.property(recipes(convolution, 'reals'), () => false)
    const { counterexample } = fc.check(property, { seed: 5 })
    const [first] = fc.sample(recipes(convolution, 'reals'), { seed: 5, numRuns: 1 })
    expect((counterexample as [Recipe])[0].seed).toBe(first.seed)
  })
})

test('arrays that would saturate gates stay near 1 where each is drawn in its own way, and others do not', () => {
  const near = ['x', 'U', 'W', 'b', 'bn', 'h0']
  const drawn = sample(forwardGradient).flatMap(({ arrays = {} }) => Object.entries(arrays))
  const isFar = ([, { distribution, exponent }]: (typeof drawn)[number]) =>
    exponent !== 0 || /range|large|every|close|subnormals/.test(distribution)
  const far = new Set(drawn.filter(isFar).map(([name]) => name))
  expect(near.filter((name) => far.has(name))).toEqual([])
  expect([...far].sort()).toEqual(['dLast', 'dh', 'padded'])
})

test('a case is made of as many draws whatever is chosen', () => {
  const space = {
    dimensions: {},
    inputs: {},
    parameters: {
      first: alternatives(choice('a', 'b'), integer({ min: 0, upTo: 99 })),
      second: integer({ min: 0, upTo: 99 }),
    },
  }
  const seconds = new Set(sample(space).map(({ parameters }) => parameters.second))
  expect(seconds.size).toBe(100)
})
