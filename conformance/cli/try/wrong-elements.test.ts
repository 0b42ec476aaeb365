import { describe, expect, it } from 'vitest'
import type { Compared } from '../../engine/trial.ts'
import { medianOf, timesOf } from './times.ts'
import { patternOf, wrongElementsOf } from './wrong-elements.ts'

/** A comparison of two rows of four, of which some elements are off by one. */
function comparedWith(wrong: readonly number[], more: Partial<Compared> = {}): Compared {
  const expected = [0, 1, 2, 3, 4, 5, 6, 7]
  return {
    label: 'y',
    shape: [2, 4],
    expected,
    bounds: expected.map(() => 0.5),
    actualShape: [2, 4],
    actual: expected.map((value, i) => (wrong.includes(i) ? value + 1 : value + 0.25)),
    ...more,
  }
}

describe('the wrong elements of an answer', () => {
  it('are counted, with the first of them and where all of them lie', () => {
    expect(wrongElementsOf(comparedWith([2, 3, 7]))).toEqual({
      label: 'y',
      count: 3,
      of: 8,
      first: { index: [0, 2], expected: 2, actual: 3, bound: 0.5 },
      along: [
        [0, 1],
        [2, 3],
      ],
    })
  })

  it('are none within the bound, where the bound is infinite, or of another shape', () => {
    expect(wrongElementsOf(comparedWith([]))).toBeNull()
    const open = Array(8).fill(Number.POSITIVE_INFINITY)
    expect(wrongElementsOf(comparedWith([1], { bounds: open }))).toBeNull()
    expect(wrongElementsOf(comparedWith([1], { actualShape: [4, 2] }))).toBeNull()
  })

  it('are those that are NaN where a number is due', () => {
    const actual = [Number.NaN, 1, 2, 3, 4, 5, 6, 7]
    expect(wrongElementsOf(comparedWith([], { actual }))).toMatchObject({ count: 1 })
  })
})

describe('indices in words', () => {
  it.each([
    [[0, 1, 2], 3, 'all'],
    [[2], 3, '2'],
    [[4, 5, 6], 9, '4 to 6'],
    [[3, 7, 11], 16, '3 to 11 in steps of 4'],
    [[0, 1, 5], 9, null],
  ])('%j of %i: %s', (indices, size, words) => {
    expect(patternOf(indices, size)).toBe(words)
  })
})

describe('times of calls', () => {
  it('do not count the first, unless it is the only one', () => {
    expect(timesOf([90, 3, 1, 2])).toEqual({ median: 2, least: 1, most: 3, count: 3, first: 90 })
    expect(timesOf([7])).toEqual({ median: 7, least: 7, most: 7, count: 1, first: null })
    expect(timesOf([])).toBeNull()
  })

  it('have two middles where their count is even', () => {
    expect(medianOf([4, 1, 3, 2])).toBe(2.5)
  })
})
