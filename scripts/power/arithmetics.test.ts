import { describe, expect, test } from 'vitest'
import {
  arithmetic,
  backwards,
  bfloat,
  compensated,
  cutToBits,
  flushed,
  half,
  inLanes,
  inOrder,
  pairwise,
  single,
  sorted,
  toBits,
} from './arithmetics.ts'

describe('rounding', () => {
  test('to bits goes to the nearest number, cutting goes towards 0', () => {
    expect([toBits(3)(13), cutToBits(3)(13), cutToBits(3)(-13)]).toEqual([14, 12, -12])
    expect([toBits(3)(0), toBits(3)(Number.NEGATIVE_INFINITY)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
    ])
  })

  test('to half precision ends at 65504 and keeps multiples of 2⁻²⁴', () => {
    expect(half(65504)).toBe(65504)
    expect(half(65520)).toBe(Number.POSITIVE_INFINITY)
    expect(half(2049)).toBe(2050)
    expect(half(2 ** -24)).toBe(2 ** -24)
    expect(half(2 ** -26)).toBe(0)
  })

  test('to bfloat16 keeps eight bits', () => {
    expect(bfloat(257)).toBe(258)
  })

  test('flushes what is below the smallest normal number', () => {
    expect([flushed(2 ** -127), flushed(2 ** -126)]).toEqual([0, 2 ** -126])
  })
})

describe('sums of whole numbers are the same in any order', () => {
  const terms = [3, -1, 4, 1, -5, 9, 2]
  test.each(Object.entries({ inOrder, backwards, pairwise, compensated, sorted }))(
    '%s',
    (_, adding) => {
      expect(adding(single)(terms)).toBe(13)
      expect(adding(single)([])).toBe(0)
    },
  )

  test('in lanes', () => {
    expect(inLanes(4, single)(terms)).toBe(13)
  })
})

describe('sums of others are not', () => {
  const terms = [1, ...Array.from({ length: 4 }, () => 2 ** -24)]

  test('in order, small terms are lost one by one', () => {
    expect(inOrder(single)(terms)).toBe(1)
  })

  test('from the last term, or the smallest, they are not', () => {
    expect(backwards(single)(terms)).toBe(1 + 2 ** -22)
    expect(sorted(single)(terms)).toBe(1 + 2 ** -22)
  })

  test('Kahan keeps what is lost', () => {
    expect(compensated(single)(terms)).toBe(1 + 2 ** -22)
  })
})

test('an arithmetic rounds every step, but for what it is told to do otherwise', () => {
  const [usual, fused] = [arithmetic({}), arithmetic({ multiply: (x, y) => x * y })]
  const x = 1 + 2 ** -23
  expect(usual.multiply(x, x)).toBe(single(x * x))
  expect(fused.multiply(x, x)).toBe(x * x)
  expect(usual.total([1, 2 ** -24])).toBe(1)
})
