import { describe, expect, it } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { integer, list, real, record } from '../../spec/language/parameter.ts'
import { admits, outside, type Ranges } from './ranges.ts'

const sizes = { N: 2, H: 5, W: 6, K: 3, Q: 4, Hf: 1, Wf: 2 }
const parameters = { strides: [1, 2], dilations: [1, 1], padding: 'same' }
const reason = (ranges: Ranges, given = parameters as object) =>
  outside(ranges, conv2d, { sizes, parameters: given })

describe('a case is outside of ranges', () => {
  it.each([
    [{ sizes: { N: 1 } }, 'N above 1'],
    [{ sizes: { N: 3 } }, 'N other than 3'],
    [{ sizes: { K: { multipleOf: 4 } } }, 'K not a multiple of 4'],
    [{ sizes: { H: { max: 4 } } }, 'H above 4'],
    [{ sizes: { H: { min: 6 } } }, 'H below 6'],
    [{ sizes: { K: { anyOf: [1, { multipleOf: 8 }] } } }, 'K other than 1 or a multiple of 8'],
    [{ parameters: { strides: 1 } }, 'strides above 1'],
    [{ parameters: { strides: [1, 1] } }, 'strides above 1'],
    [{ parameters: { strides: { max: 1 } } }, 'strides above 1'],
    [{ parameters: { padding: 'valid' } }, "padding other than 'valid'"],
    [{ parameters: { padding: 0 } }, 'padding other than 0'],
    [
      { parameters: { padding: { anyOf: ['valid', { max: 1 }] } } },
      "padding other than 'valid' or at most 1",
    ],
    [{ sizes: { N: 2 }, parameters: { strides: 1 } }, 'strides above 1'],
  ] as readonly (readonly [Ranges, string])[])('%j: %s', (ranges, says) => {
    expect(reason(ranges)).toBe(says)
  })

  it.each([
    {},
    { sizes: { N: 2, K: { min: 3, max: 3 }, Q: { multipleOf: 2 } } },
    { sizes: { N: { anyOf: [1, 2] } } },
    { parameters: { strides: [1, 2] } },
    { parameters: { strides: { max: 2 }, dilations: 1, padding: 'same' } },
    { parameters: { padding: { anyOf: ['valid', 'same'] } } },
  ] as readonly Ranges[])('not of %j', (ranges) => {
    expect(reason(ranges)).toBeNull()
  })

  it('where one of four amounts is too large, or a word stands in the place of them', () => {
    const most: Ranges = { parameters: { padding: { max: 1 } } }
    expect(reason(most, { ...parameters, padding: [0, 1, 1, 0] })).toBeNull()
    expect(reason(most, { ...parameters, padding: [0, 1, 2, 0] })).toBe('padding above 1')
    expect(reason(most)).toBe('padding other than at most 1')
  })
})

describe('a case in which an array is given that has to be left out', () => {
  const ranges: Ranges = { parameters: { strides: { max: 2 } }, absent: ['bias'] }

  it('is outside, and says which array', () => {
    expect(reason(ranges)).toBe('given bias')
  })

  it('and within where it is left out', () => {
    expect(outside(ranges, conv2d, { sizes, parameters, absent: ['bias'] })).toBeNull()
  })
})

describe('arguments that the signature forbids are outside of a range', () => {
  it.each([[[0, 1]], [[1, 1.5]], [['1', '1']], [[1, 1, 1]], [1], [undefined]])(
    'strides %j of exactly 1',
    (strides) => {
      expect(reason({ parameters: { strides: 1 } }, { ...parameters, strides })).not.toBeNull()
    },
  )
})

it('a range is for every item of a list, and for a field of a record', () => {
  const lengths = list(integer({ min: 1, upTo: 4 }), { min: 1, max: 3 })
  expect(admits({ max: 3 }, lengths, [1, 3, 2])).toBe(true)
  expect(admits({ max: 3 }, lengths, [1, 4])).toBe(false)
  const jitter = record({ contrast: real({ from: 0, to: 1 }), flip: { kind: 'boolean' } })
  expect(admits({ flip: false }, jitter, { contrast: 0.5, flip: false })).toBe(true)
  expect(admits({ flip: false }, jitter, { contrast: 0.5, flip: true })).toBe(false)
  expect(admits({ contrast: { max: 0.25 } }, jitter, { contrast: 0.5, flip: true })).toBe(false)
})
