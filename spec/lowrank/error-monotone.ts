import { clause } from '../language/clause.ts'
import { errorCurve } from './error-bound.ts'
import { matrixComputations } from './publications.ts'

export const errorMonotone = clause({
  id: 'lowrank.error-monotone',
  title: 'The more values are kept, the smaller error and bound',
  kind: 'law',
  operations: [errorCurve],
  statement:
    'With orthonormal vectors, neither the error nor its bound grows when one more value is kept, and both are 0 when all are that are not 0. One value less adds at most its own share: the squares of two neighbouring errors differ by no more than the square of that value times the inputs, so that small values that are removed change little.',
  formula: String.raw`e_{t+1} \le e_t,\qquad b_{t+1} \le b_t,\qquad e_t^2 - e_{t+1}^2 \le s_{t+1}^2 \lVert x \rVert_F^2,\qquad e_r = b_r = 0`,
  domain: 'Any inputs, orthonormal vectors, values from 0 on.',
  conventions: [
    {
      choice: 'The curve begins with no value kept and ends with all of them.',
      others: 'Plots often begin at one.',
    },
  ],
  source: {
    notes: [[244, 244]],
    publications: [{ ...matrixComputations, where: 'theorem 2.4.8' }],
  },
  errata: [],
})
