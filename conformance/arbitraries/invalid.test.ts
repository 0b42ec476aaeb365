import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkArguments } from '../../spec/language/check.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import {
  covariance,
  free,
  nonnegative,
  positive,
  some,
  someInEachRow,
  whole,
} from '../../spec/language/operation.ts'
import { integer } from '../../spec/language/parameter.ts'
import { convolution, network, pooling } from '../fixtures/toys.ts'
import { realize } from './fill.ts'
import { invalidities } from './invalid.ts'
import { recipes } from './recipe-arbitrary.ts'

/** Codes within a range, and scales above 0. */
const coded = {
  id: 'coded',
  dimensions: { N: free(1, 4, 'codes'), C: free(1, 4, 'classes') },
  inputs: {
    codes: whole(({ most }) => [-most, most], 'codes', 'N'),
    scales: positive('scales', 'N'),
    shares: some(nonnegative('shares', 'N')),
    probabilities: someInEachRow(nonnegative('probabilities', 'N', 'C')),
    spread: covariance('spread', 'C'),
  },
  parameters: { most: integer({ min: 1, upTo: 4 }) },
}

describe.each([convolution, pooling, network, coded])('invalid cases of $id', (operation) => {
  const valid = fc
    .sample(recipes(operation, 'reals'), { seed: 1, numRuns: 200 })
    .map((recipe) => realize(operation, recipe))

  const forbidden = invalidities(operation).filter(({ sameNumbers }) => !sameNumbers)
  test.each(forbidden.map((it) => [it.name, it] as const))('%s', (_, invalidity) => {
    let spoiled = 0
    for (const theCase of valid) {
      const before = structuredClone(theCase)
      const bad = invalidity.spoil(theCase)
      expect(theCase).toEqual(before)
      if (!bad) continue
      spoiled++
      let error: unknown
      try {
        checkArguments(operation, bad.inputs, bad.parameters)
      } catch (thrown) {
        error = thrown
      }
      expect(error).toBeInstanceOf(ArgumentError)
      expect((error as ArgumentError).argument).toBe(invalidity.argument)
    }
    expect(spoiled).toBeGreaterThan(10)
  })

  const retypings = invalidities(operation).filter(({ sameNumbers }) => sameNumbers)
  test.each(retypings.map((it) => [it.name, it] as const))('%s', (_, { argument, spoil }) => {
    const bad = valid.flatMap((theCase) => {
      const spoiled = spoil(theCase)
      return spoiled ? [[theCase.inputs[argument]!, spoiled.inputs[argument]!] as const] : []
    })
    expect(bad.length).toBeGreaterThan(10)
    for (const [before, after] of bad) {
      expect(after.dtype).not.toBe(before.dtype)
      expect(after.shape).toEqual(before.shape)
      const numbers = [before, after].map(({ data }) => Array.from(data, (x) => x + 0))
      expect(numbers[1]).toEqual(numbers[0])
    }
  })

  test('have names of their own', () => {
    const names = invalidities(operation).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})

test('cover every part of a signature', () => {
  const of = (operation: Parameters<typeof invalidities>[0]) =>
    invalidities(operation).map(({ name }) => name)
  expect(of(convolution)).toMatchInlineSnapshot(`
    [
      "axis K of filters, at place 2, longer by one than in x",
      "axis Q of bias, at place 0, longer by one than in filters",
      "axis H one below its bound, the rows of the kernel",
      "axis W one below its bound, the columns of the kernel",
      "x with one axis too many",
      "x without its last axis",
      "filters with one axis too many",
      "filters without its last axis",
      "bias with one axis too many",
      "bias without its last axis",
      "x in the other of float32 and float64",
      "x in int32",
      "filters in the other of float32 and float64",
      "filters in int32",
      "bias in the other of float32 and float64",
      "bias in int32",
      "strides[0] between two whole numbers",
      "strides[0] below its least value",
      "strides[1] between two whole numbers",
      "strides[1] below its least value",
      "padding an unknown word, in alternative 1",
      "padding[0] between two whole numbers, in alternative 2",
      "padding[0] below its least value, in alternative 2",
      "padding[1] between two whole numbers, in alternative 2",
      "padding[1] below its least value, in alternative 2",
      "padding[2] between two whole numbers, in alternative 2",
      "padding[2] below its least value, in alternative 2",
      "padding[3] between two whole numbers, in alternative 2",
      "padding[3] below its least value, in alternative 2",
    ]
  `)
  expect(of(pooling)).toMatchInlineSnapshot(`
    [
      "axis P of dy, at place 1, longer by one than the one derived",
      "axis N of y, at place 0, longer by one than in dy",
      "axis P of y, at place 1, longer by one than the one derived",
      "axis C of y, at place 2, longer by one than in dy",
      "axis C of weights, at place 0, longer by one than in dy",
      "axis H one below its bound, the window",
      "dy with one axis too many",
      "dy without its last axis",
      "y with one axis too many",
      "y without its last axis",
      "weights with one axis too many",
      "weights without its last axis",
      "weights with the element -1",
      "dy in the other of float32 and float64",
      "dy in int32",
      "y in the other of float32 and float64",
      "y in int32",
      "weights in the other of float32 and float64",
      "weights in int32",
      "rows[1] greater by one than axis C",
      "window between two whole numbers",
      "window below its least value",
      "window above its greatest value",
      "stride between two whole numbers",
      "stride below its least value",
      "not so: a stride that is not greater than the window",
    ]
  `)
  expect(of(network)).toMatchInlineSnapshot(`
    [
      "axis D of square, at place 1, longer by one than in square",
      "axis D of mask, at place 1, longer by one than in square",
      "square with one axis too many",
      "square without its last axis",
      "mask with one axis too many",
      "mask without its last axis",
      "scale with one axis too many",
      "mask with the element 2",
      "square in the other of float32 and float64",
      "square in int32",
      "mask in the other of float32 and float64",
      "mask in int32",
      "scale in the other of float32 and float64",
      "scale in int32",
      "rate below its least value",
      "rate above its greatest value",
      "epsilon below its least value",
      "layers[0].units between two whole numbers",
      "layers[0].units below its least value",
      "layers longer than allowed",
      "layers shorter than allowed",
    ]
  `)
})
