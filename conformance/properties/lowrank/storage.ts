import { factorStorage, storage } from '../../../spec/lowrank/storage.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  absorbsTwice,
  acceptsMore,
  forgetsDiagonal,
  rowsTwice,
  storesFullVectors,
  storesSquare,
} from './storage-faults.ts'

export const storageProperties = properties(
  storage,
  agreement(factorStorage, 'integers', {
    kills: [storesSquare, forgetsDiagonal, storesFullVectors, absorbsTwice, rowsTwice],
  }),
  law('transposed', {
    of: factorStorage,
    title: 'the transposed matrix and its factors are as large',
    kills: [rowsTwice],
    share: 0.3,
    async holds({ answer, parameters }) {
      const { rows, columns } = parameters
      const own = await answer(factorStorage, {}, parameters)
      const other = await answer(factorStorage, {}, { ...parameters, rows: columns, columns: rows })
      return (['whole', 'factors', 'absorbed'] as const).map((label) => ({
        label,
        expected: own[label],
        actual: other[label],
      }))
    },
  }),
  law('value-by-value', {
    of: factorStorage,
    title: 'every value that is kept adds its two vectors and itself',
    kills: [storesSquare, storesFullVectors],
    share: 0.3,
    async holds({ answer, arithmetic, parameters }) {
      const { exact, multiply } = arithmetic
      const all = await answer(factorStorage, {}, parameters)
      const one = await answer(factorStorage, {}, { ...parameters, kept: 1 })
      const { rows, columns, kept } = parameters
      return [
        {
          label: 'factors',
          expected: scalar(multiply(exact(kept), one.factors.at())),
          actual: all.factors,
        },
        { label: 'one triple', expected: scalar(exact(rows + columns + 1)), actual: one.factors },
      ]
    },
  }),
  worked('by-hand', {
    of: factorStorage,
    title: 'a matrix of 4 × 3 with two values kept, by hand',
    kills: [storesSquare, forgetsDiagonal, absorbsTwice],
    parameters: { rows: 4, columns: 3, kept: 2 },
    gives: { whole: [12], factors: [4 * 2 + 2 + 2 * 3], absorbed: [4 * 2 + 2 * 3] },
  }),
  rejection('rejected', factorStorage, invalidities(factorStorage), {
    title: 'more kept values than there are is rejected',
    kills: [acceptsMore],
    share: 0.3,
  }),
)
