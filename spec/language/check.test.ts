import { describe, expect, test } from 'vitest'
import { checkArguments } from './check.ts'
import { ArgumentError } from './errors.ts'
import {
  array,
  atLeast,
  bits,
  covariance,
  derived,
  free,
  nonnegative,
  optional,
  type Parameters,
  positive,
  some,
  someInEachRow,
  whole,
} from './operation.ts'
import {
  alternatives,
  boolean,
  choice,
  integer,
  list,
  pair,
  real,
  record,
  sizes,
  tuple,
} from './parameter.ts'
import type { Tensor } from './tensor.ts'

function tensor(...shape: number[]): Tensor {
  const length = shape.reduce((product, size) => product * size, 1)
  return { dtype: 'float32', shape, data: new Float32Array(length) }
}

/** The message of the rejection; an acceptance or any other error fails the test. */
function rejection(check: () => unknown): string {
  try {
    check()
  } catch (error) {
    if (error instanceof ArgumentError) return error.message
    throw error
  }
  throw new Error('the arguments were accepted')
}

const conv = {
  id: 'cnn.conv2d',
  dimensions: {
    N: free(1, 3, 'batch'),
    H: atLeast((the) => the.R, 4, 'rows', 'the rows of the kernel'),
    K: free(1, 4, 'channels'),
    R: free(1, 3, 'rows of the kernel'),
    Q: free(1, 3, 'filters'),
    P: derived((the, { strides }) => Math.floor((the.H - the.R) / strides[0]) + 1, 'outputs'),
  },
  inputs: {
    x: array('images', 'N', 'H', 'K'),
    filters: array('filters', 'R', 'K', 'Q'),
    dy: array('gradient', 'N', 'P', 'Q'),
  },
  parameters: {
    strides: pair(integer({ min: 1, upTo: 3 })),
    padding: alternatives(choice('valid', 'same'), tuple(integer({ min: 0, upTo: 2 }), boolean)),
  },
  constraints: [
    {
      says: 'strides that differ by one at most',
      argument: 'strides',
      holds: (_: unknown, { strides }: Parameters) => Math.abs(strides[0] - strides[1]) <= 1,
      repair: (parameters: Parameters) => parameters,
      violate: (parameters: Parameters) => parameters,
    },
  ],
}
const inputs = { x: tensor(2, 6, 3), filters: tensor(2, 3, 4), dy: tensor(2, 3, 4) }
const parameters = { strides: [2, 1], padding: 'valid' }

describe('checkArguments', () => {
  test('returns the sizes of all axes, derived ones included', () => {
    expect(checkArguments(conv, inputs, parameters)).toEqual({ N: 2, H: 6, K: 3, R: 2, Q: 4, P: 3 })
  })

  test.each([
    [
      'sizes that disagree',
      { filters: tensor(2, 5, 4) },
      'cnn.conv2d: filters is an array of shape [2, 5, 4]; expected axis K (channels) to be 3, as in x',
    ],
    [
      'a size below its bound',
      { filters: tensor(7, 3, 4) },
      'cnn.conv2d: x is an array of shape [2, 6, 3]; expected axis H (rows) to be at least 7, the rows of the kernel',
    ],
    [
      'a size below its least value',
      { x: tensor(0, 6, 3), dy: tensor(0, 3, 4) },
      'cnn.conv2d: x is an array of shape [0, 6, 3]; expected axis N (batch) to be at least 1',
    ],
    [
      'another size than the derived one',
      { dy: tensor(2, 4, 4) },
      'cnn.conv2d: dy is an array of shape [2, 4, 4]; expected axis P (outputs) to be 3, as follows from the other arguments',
    ],
    [
      'too few axes',
      { x: tensor(6, 3) },
      'cnn.conv2d: x is an array of shape [6, 3]; expected 3 axes, [N, H, K]',
    ],
    [
      'a shape that is none',
      { x: { ...tensor(2, 6, 3), shape: [2, 1.5, 3] } },
      'cnn.conv2d: x is an array of shape [2, 1.5, 3]; expected 3 axes, [N, H, K]',
    ],
    [
      'too few elements',
      { x: { ...tensor(1), shape: [2, 6, 3] } },
      'cnn.conv2d: x is an array of shape [2, 6, 3] with 1 elements; expected 36 elements',
    ],
    ['a missing array', { x: undefined }, 'cnn.conv2d: x is missing; expected the input x'],
    [
      'something that is no array',
      { x: 3 },
      'cnn.conv2d: x is 3; expected an array with 3 axes, [N, H, K]',
    ],
    [
      'an array too many',
      { extra: tensor(1) },
      'cnn.conv2d: extra is no input of this operation; expected only x, filters, dy',
    ],
  ])('names the array at fault: %s', (_, change, message) => {
    const changed = { ...inputs, ...change } as typeof inputs
    expect(rejection(() => checkArguments(conv, changed, parameters))).toBe(message)
  })

  test.each([
    ['strides', [2, 0], 'strides[1] is 0; expected a whole number, at least 1'],
    ['strides', [2, 1.5], 'strides[1] is 1.5; expected a whole number, at least 1'],
    [
      'strides',
      2,
      'strides is 2; expected [a whole number, at least 1, a whole number, at least 1]',
    ],
    ['strides', [1, 3], 'strides is [1, 3]; expected strides that differ by one at most'],
    ['strides', undefined, 'strides is missing; expected the parameter strides'],
    ['padding', [-1, true], 'padding[0] is -1; expected a whole number, at least 0'],
    ['padding', [0, 1], 'padding[1] is 1; expected true or false'],
    [
      'padding',
      'full',
      "padding is 'full'; expected 'valid' or 'same' or [a whole number, at least 0, true or false]",
    ],
    ['dilation', 1, 'dilation is no parameter of this operation; expected only strides, padding'],
  ])('names the parameter at fault: %s = %o', (name, value, message) => {
    const changed = { ...parameters, [name]: value }
    expect(rejection(() => checkArguments(conv, inputs, changed))).toBe(`cnn.conv2d: ${message}`)
  })

  const toy = (parameter: object) =>
    ({ id: 'toy', dimensions: {}, inputs: {}, parameters: { p: parameter } }) as Parameters[string]

  test.each([
    [real({ min: 0, max: 1, open: true, from: 0, to: 1 }), [0.5], [0, 1, Number.NaN, '0.5', null]],
    [real({ min: 0, max: 1, from: 0, to: 1 }), [0, 1], [-0.1, 1.1]],
    [real({ from: 0, to: 1 }), [-1e9, 1e9], [Number.POSITIVE_INFINITY, Number.NaN]],
    [integer({ min: 1, upTo: 2, max: 3 }), [1, 3], [0, 4, 1.5, '1', [1]]],
    [choice('a', 'b'), ['a', 'b'], ['c', 0, ['a']]],
    [boolean, [true, false], [0, 'true', null]],
    [tuple(boolean, choice('a')), [[true, 'a']], [[true], ['a', true], [true, 'a', 1], 'a']],
    [list(boolean, { min: 1, max: 2 }), [[true], [true, false]], [[], [1], [true, true, true]]],
    [record({ a: boolean }), [{ a: true }], [{ a: 1 }, {}, { a: true, b: true }, [true], null]],
  ])('accepts and rejects values of %o', (parameter, valid, invalid) => {
    const operation = toy(parameter)
    for (const value of valid) expect(checkArguments(operation, {}, { p: value })).toEqual({})
    for (const value of invalid) {
      const message = rejection(() => checkArguments(operation, {}, { p: value }))
      expect(message).toMatch(/^toy: p/)
    }
  })

  test('compares sizes that a parameter tells, however deep, with the arrays', () => {
    const operation = {
      id: 'toy',
      dimensions: { H: free(1, 4, 'rows'), W: free(1, 4, 'columns') },
      inputs: { x: array('some', 'H') },
      parameters: { the: record({ target: alternatives(choice('none'), sizes('H', 'W')) }) },
    }
    const check = (...target: number[]) =>
      checkArguments(operation, { x: tensor(3) }, { the: { target } })
    expect(check(3, 5)).toEqual({ H: 3, W: 5 })
    expect(rejection(() => check(4, 5))).toBe(
      'toy: the.target[0] is 4; expected axis H (rows) to be 3, as in x',
    )
    expect(rejection(() => check(3, 0))).toBe(
      'toy: the.target[1] is 0; expected axis W (columns) to be at least 1',
    )
    expect(rejection(() => check(3, -1))).toMatch(/^toy: the\.target\[1\] is -1; expected the size/)
  })

  test('does without an array that may be left out, and with no other', () => {
    const shifted = {
      id: 'toy.shift',
      dimensions: { N: free(1, 4, 'numbers') },
      inputs: { x: array('numbers', 'N'), by: optional(array('what is added', 'N')) },
      parameters: {},
    }
    expect(checkArguments(shifted, { x: tensor(3) }, {})).toEqual({ N: 3 })
    expect(checkArguments(shifted, { x: tensor(3), by: tensor(3) }, {})).toEqual({ N: 3 })
    expect(rejection(() => checkArguments(shifted, { by: tensor(3) }, {}))).toContain('the input x')
    const longer = { x: tensor(3), by: tensor(4) }
    expect(rejection(() => checkArguments(shifted, longer, {}))).toContain('as in x')
  })

  test('reads the elements where the signature restricts them', () => {
    const operation = {
      id: 'toy',
      dimensions: { N: free(0, 4, 'samples') },
      inputs: { mask: bits('mask', 'N'), weights: nonnegative('weights', 'N') },
      parameters: {},
    }
    const check = (mask: number, weight: number) =>
      checkArguments(
        operation,
        {
          mask: { dtype: 'float32', shape: [2], data: Float32Array.of(0, mask) },
          weights: { dtype: 'float32', shape: [2], data: Float32Array.of(2.5, weight) },
        },
        {},
      )
    expect(check(1, 0)).toEqual({ N: 2 })
    expect(rejection(() => check(0.5, 0))).toMatch(
      /^toy: mask is .* element 0.5; expected only zero/,
    )
    expect(rejection(() => check(1, -1))).toMatch(/^toy: weights is .* element -1; expected no neg/)
    // NaN is not negative: a loss that diverged, say.
    expect(check(1, Number.NaN)).toEqual({ N: 2 })
  })

  test('reads the elements against a range that depends on parameters', () => {
    const operation = {
      id: 'toy',
      dimensions: { N: free(0, 4, 'samples') },
      inputs: {
        codes: whole(({ most }) => [-1, most], 'codes', 'N'),
        scales: positive('scales', 'N'),
      },
      parameters: { most: integer({ min: 1, upTo: 4 }) },
    }
    const check = (code: number, scale: number, most: number) =>
      checkArguments(
        operation,
        {
          codes: { dtype: 'float32', shape: [2], data: Float32Array.of(0, code) },
          scales: { dtype: 'float32', shape: [2], data: Float32Array.of(1, scale) },
        },
        { most },
      )
    expect(check(2, 0.5, 2)).toEqual({ N: 2 })
    expect(rejection(() => check(2, 0.5, 1))).toBe(
      'toy: codes is an array with the element 2; expected only whole elements from -1 to 1',
    )
    expect(rejection(() => check(-2, 1, 1))).toContain('codes')
    expect(rejection(() => check(0.5, 1, 1))).toContain('codes')
    expect(rejection(() => check(1, 0, 1))).toMatch(/^toy: scales is .* element 0; expected only/)
    expect(rejection(() => check(1, Number.NaN, 1))).toContain('scales')
  })

  test('rejects derived sizes that are none, when no bound rules them out', () => {
    const operation = {
      id: 'toy',
      dimensions: { H: free(1, 4, 'rows'), P: derived((the) => the.H / 2, 'half the rows') },
      inputs: { x: array('some', 'H') },
      parameters: {},
    }
    expect(checkArguments(operation, { x: tensor(4) }, {})).toEqual({ H: 4, P: 2 })
    expect(rejection(() => checkArguments(operation, { x: tensor(3) }, {}))).toBe(
      'toy: axis P (half the rows) is 1.5; expected sizes and parameters that make it a whole number, not negative',
    )
  })

  test('rejects zeros alone where some element has to be above 0', () => {
    const weighted = {
      id: 'federated.aggregate',
      dimensions: { K: free(1, 3, 'clients') },
      inputs: { counts: some(whole([0, 9], 'points', 'K')) },
      parameters: {},
    }
    const counts = tensor(2)
    expect(rejection(() => checkArguments(weighted, { counts }, {}))).toBe(
      'federated.aggregate: counts is an array of zeros; expected an element above 0',
    )
    counts.data[1] = 3
    expect(checkArguments(weighted, { counts }, {})).toEqual({ K: 2 })
  })

  test('rejects a row of zeros where each row has to have an element above 0', () => {
    const classified = {
      id: 'gan.inceptionScore',
      dimensions: { N: free(1, 3, 'samples'), C: free(1, 3, 'classes') },
      inputs: { probabilities: someInEachRow(nonnegative('probabilities', 'N', 'C')) },
      parameters: {},
    }
    const given = (...data: number[]) => ({
      probabilities: { ...tensor(2, 2), data: Float32Array.from(data) },
    })
    expect(rejection(() => checkArguments(classified, given(0, 1, 0, 0), {}))).toBe(
      'gan.inceptionScore: probabilities is an array with a row of zeros; expected an element above 0 in each row',
    )
    expect(checkArguments(classified, given(0, 1, 1, 0), {})).toEqual({ N: 2, C: 2 })
  })

  test.each([
    ['is not symmetric', [1, 0.5, 0, 1]],
    ['has a negative variance', [1, 0, 0, -1]],
    ['has a negative eigenvalue, 1 − 2', [1, 2, 2, 1]],
    ['has one beside a variance of 0', [0, 1, 1, 4]],
  ])('rejects a covariance that %s', (_, data) => {
    expect(rejection(() => checkArguments(varying, { covariance: square(data) }, {}))).toBe(
      'gan.frechetDistance: covariance is a matrix that is not symmetric, or has a negative eigenvalue; expected a covariance',
    )
  })

  test.each([
    ['singular', [1, 1, 1, 1]],
    ['zero', [0, 0, 0, 0]],
    ['what rounding left of a singular one', [1, 1, 1, 1 - 2 ** -8]],
  ])('takes a covariance that is %s', (_, data) => {
    expect(checkArguments(varying, { covariance: square(data) }, {})).toEqual({ D: 2 })
  })
})

const varying = {
  id: 'gan.frechetDistance',
  dimensions: { D: free(1, 3, 'features') },
  inputs: { covariance: covariance('how features vary together', 'D') },
  parameters: {},
}

const square = (data: readonly number[]) => ({
  ...tensor(2, 2),
  data: Float32Array.from(data),
})
