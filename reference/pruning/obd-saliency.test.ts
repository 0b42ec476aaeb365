import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { ieee } from '../arithmetic/profile.ts'
import { deletionCost } from './obd-saliency.ts'

test('nothing is said of a cost where the product of the matrix with what is deleted overflows in a row that is left', () => {
  const arithmetic = bounded('float32', ieee)
  const { error, exact } = arithmetic
  const costs = (element: number) =>
    deletionCost(
      arithmetic,
      {
        matrix: fromData([2, 2], [0, element, 0, 0].map(exact)),
        weights: fromData([2], [0, 2 ** 45].map(exact)),
        mask: fromData([2], [1, 0].map(exact)),
      },
      {},
    )
  const said = (element: number) => {
    const { predicted, mixed, actual } = costs(element)
    return [predicted, mixed, actual].map((cost) => Number.isFinite(error(cost.at())))
  }
  // −2^88 times 2^45 is beyond 2^128, times 0 not a number; the weight that is left has nothing to do with the cost.
  expect(said(-(2 ** 88))).toEqual([true, false, false])
  expect(said(-(2 ** 80))).toEqual([true, true, true])
})
