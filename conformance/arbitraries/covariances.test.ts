import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { build } from '../../reference/arithmetic/array.ts'
import { roundTo } from '../../reference/arithmetic/precision.ts'
import { eigenvalues } from '../../reference/matrix.ts'
import { covariance, free } from '../../spec/language/operation.ts'
import { isSemidefinite } from '../../spec/language/semidefinite.ts'
import { hasAllowedElements } from './allowed.ts'
import { float32Grid, realize } from './fill.ts'
import { recipes } from './recipe-arbitrary.ts'

describe.each([
  ['float32', Math.fround],
  ['float16', (x: number) => roundTo('float16', x)],
  ['bfloat16', (x: number) => roundTo('bfloat16', x)],
] as const)('covariances in %s', (_, round) => {
  const space = {
    dimensions: { D: free(1, 5, 'features') },
    inputs: { spread: covariance('spread', 'D') },
    parameters: {},
  }
  const grid = {
    ...float32Grid,
    round,
    ...(round === Math.fround ? {} : { powers: [-8, 8] as const }),
  }
  const drawn = fc
    .sample(recipes(space, 'reals'), { seed: 1, numRuns: 300 })
    .map((recipe) => realize(space, recipe, grid).inputs.spread)

  test('are numbers of the format, symmetric and without negative eigenvalues', () => {
    for (const { data, shape } of drawn) {
      expect(data.map(round)).toEqual(data)
      const size = shape[0]!
      const scale = 2 ** -Math.floor(Math.log2(Math.max(...data) || 1))
      const matrix = build([size, size], (i, j) => data[i * size + j]! * scale)
      expect(matrix.data).toEqual(build([size, size], (i, j) => matrix.at(j, i)).data)
      const values = eigenvalues(matrix)
      expect(Math.min(...values)).toBeGreaterThan(-(2 ** -48))
    }
  })

  test('are singular now and then, and have elements beside the diagonal', () => {
    const several = drawn.filter(({ shape }) => shape[0]! > 1)
    expect(several.filter(({ data }) => data[1] !== 0).length).toBeGreaterThan(100)
    const pairs = drawn.filter(({ shape }) => shape[0] === 2)
    const singular = pairs.filter(({ data: [a, b, , d] }) => a! * d! === b! * b!)
    expect(singular.length).toBeGreaterThan(5)
    expect(singular.length).toBeLessThan(pairs.length)
  })
})

test('what is made of a case is a covariance without negative eigenvalues, though one may be rounded', () => {
  const space = {
    dimensions: { D: free(2, 2, 'features') },
    inputs: { spread: covariance('spread', 'D') },
    parameters: {},
  }
  const isAllowed = (...data: readonly number[]) => {
    const spread = { dtype: 'float32', shape: [2, 2], data: Float32Array.from(data) } as const
    return hasAllowedElements(space, { sizes: { D: 2 }, parameters: {}, inputs: { spread } })
  }
  expect(isAllowed(1, 1, 1, 1)).toBe(true)
  expect(isAllowed(3, 0.1, 0.1, 3)).toBe(true)
  // An eigenvalue of −2^-10, within a rounding to bfloat16.
  expect(isAllowed(1, 1 + 2 ** -10, 1 + 2 ** -10, 1)).toBe(false)
  expect(isSemidefinite([1, 1 + 2 ** -10, 1 + 2 ** -10, 1], 2)).toBe(true)
})
