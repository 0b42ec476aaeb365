import { describe, expect, test } from 'vitest'
import { fromData } from '../../reference/arithmetic/array.ts'
import {
  change,
  clear,
  mixed,
  type Numbers,
  only,
  remains,
  reread,
  times,
  transposed,
  whole,
} from './arrays.ts'

const array = fromData([2, 3], [1, 2, 3, 4, 5, 6])
const data = ({ data }: Numbers) => data

describe('an array', () => {
  test('changes by value and index', () => {
    expect(data(change(array, (v, i, j) => v + 10 * i + 100 * j))).toEqual([
      1, 102, 203, 14, 115, 216,
    ])
  })

  test('is cleared where an index meets a condition', () => {
    expect(data(clear(array, 1, (j) => j > 0))).toEqual([1, 0, 0, 4, 0, 0])
  })

  test('is read from other places', () => {
    expect(data(reread(array, 1, (j) => 2 - j))).toEqual([3, 2, 1, 6, 5, 4])
  })

  test('takes elements of another', () => {
    expect(data(mixed(array, times(array, -1), (i) => i === 1))).toEqual([1, 2, 3, -4, -5, -6])
  })

  test('gives one of its slices', () => {
    expect(only(array, 1)).toMatchObject({ shape: [1, 3], data: [4, 5, 6] })
  })

  test('that is square is transposed', () => {
    expect(data(transposed(fromData([2, 2], [1, 2, 3, 4])))).toEqual([1, 3, 2, 4])
  })
})

test('a size is whole tiles and what remains, which is nothing if it is not longer than a tile', () => {
  expect([whole(9, 4), whole(8, 4), whole(3, 4)]).toEqual([8, 8, 0])
  expect([remains(9, 4), remains(8, 4), remains(3, 4)]).toEqual([true, false, false])
})
