import { compressionRate, rate as rateClause } from '../../../spec/lowrank/compression-rate.ts'
import { factorStorage } from '../../../spec/lowrank/storage.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import {
  absorbsDiagonal,
  acceptsMore,
  breaksEven,
  halvesRank,
  neverExpands,
  rowsForBoth,
  storesSquare,
  upsideDown,
} from './compression-rate-faults.ts'

export const compressionRateProperties = properties(
  rateClause,
  agreement(compressionRate, 'integers', {
    kills: [neverExpands, upsideDown, storesSquare, absorbsDiagonal, breaksEven, halvesRank],
  }),
  law('quotient', {
    of: compressionRate,
    asks: [compressionRate, factorStorage],
    title: 'the rate times the numbers of the factors is those of the matrix',
    kills: [neverExpands, upsideDown, storesSquare, absorbsDiagonal],
    async holds({ answer, arithmetic, measure, parameters }) {
      const { factors, whole } = await answer(factorStorage, {}, parameters)
      const { rate } = await measure(compressionRate, {}, parameters)
      const product = arithmetic.multiply(rate.at(), factors.at())
      return [{ label: 'rate · factors = whole', expected: whole, actual: scalar(product) }]
    },
  }),
  law('break-even', {
    of: compressionRate,
    asks: [compressionRate, factorStorage],
    title:
      'with as many values the factors are smaller than the matrix, with one more they are not',
    kills: [absorbsDiagonal, breaksEven, halvesRank],
    async holds({ answer, arithmetic, parameters }) {
      const { rows, columns } = parameters
      const { most } = await answer(compressionRate, {}, parameters)
      const kept = arithmetic.toNumber(most.at())
      const largest = Math.min(rows, columns)
      const smaller = async (kept: number) => {
        const { factors, whole } = await answer(factorStorage, {}, { rows, columns, kept })
        return arithmetic.toNumber(factors.at()) < arithmetic.toNumber(whole.at())
      }
      const possible = Number.isInteger(kept) && kept >= 0 && kept <= largest
      return [
        truths(
          arithmetic,
          'no other number of values is the most',
          possible,
          possible && (kept === 0 || (await smaller(kept))),
          possible && (kept === largest || !(await smaller(kept + 1))),
        ),
      ]
    },
  }),
  law('transposed', {
    of: compressionRate,
    title: 'the transposed matrix has the same rate',
    kills: [rowsForBoth],
    share: 0.3,
    async holds({ measure, parameters }) {
      const { rows, columns } = parameters
      const own = await measure(compressionRate, {}, parameters)
      const turned = { ...parameters, rows: columns, columns: rows }
      const other = await measure(compressionRate, {}, turned)
      return (['rate', 'most'] as const).map((label) => ({
        label,
        expected: own[label],
        actual: other[label],
      }))
    },
  }),
  worked('E-29', {
    of: compressionRate,
    title: 'three of four values of a matrix of 4 × 4 expand it',
    kills: [neverExpands],
    parameters: { rows: 4, columns: 4, kept: 3 },
    notes: { rate: [1] },
    gives: { rate: [16 / 27], most: [1] },
  }),
  worked('by-hand', {
    of: compressionRate,
    title: 'the rates of a matrix of 9 × 6 for one to five values, by hand',
    kills: [storesSquare, absorbsDiagonal, upsideDown],
    cases: [54 / 16, 27 / 16, 18 / 16, 13.5 / 16, 10.8 / 16].map((rate, i) => ({
      says: `${i + 1} kept`,
      parameters: { rows: 9, columns: 6, kept: i + 1 },
      gives: { rate: [rate], most: [3] },
    })),
  }),
  rejection('rejected', compressionRate, invalidities(compressionRate), {
    title: 'more kept values than there are is rejected',
    kills: [acceptsMore],
    share: 0.3,
  }),
)
