import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { sensitivity as reference } from '../../../reference/pruning/sensitivity.ts'
import { sensitivity } from '../../../spec/pruning/sensitivity.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(sensitivity, reference)

/** The place of the smallest number, the first of equal ones. */
const smallest = ({ data }: NumberArray<number>) => data.indexOf(Math.min(...data))

/** Changes by another rule, and the weight that goes first by it. */
const changing = (
  name: string,
  rule: (w: number, k: number, H: NumberArray<number>, change: number) => number,
) =>
  wrong.outputs(name, ({ changes }, { inputs: { matrix, weights } }) => {
    const found = build(changes.shape, (k) => rule(weights.at(k), k, matrix, changes.at(k)))
    return { changes: found, first: scalar(smallest(found)) }
  })

export const takesMagnitude = wrong.outputs(
  'removes the weight of the smallest magnitude first',
  (_, { inputs: { weights } }) => ({ first: scalar(smallest(changed(weights, Math.abs))) }),
)

export const takesAbsolute = wrong.outputs(
  'removes the weight with the smallest magnitude of a change first',
  ({ changes }) => ({ first: scalar(smallest(changed(changes, Math.abs))) }),
)

export const takesLargest = wrong.outputs(
  'removes the weight with the largest change first',
  ({ changes }) => ({ first: scalar(changes.data.indexOf(Math.max(...changes.data))) }),
)

export const forgetsGradient = changing(
  'leaves out the gradient, as if the weights were at the minimum',
  (w, k, H) => 0.5 * H.at(k, k) * w * w,
)

export const forgetsCurvature = changing(
  'takes the gradient alone',
  (w, k, H, change) => change - 0.5 * H.at(k, k) * w * w,
)

export const reversesSign = changing(
  'gives the loss before minus the loss after',
  (_, __, ___, change) => -change,
)

export const wholeRow = wrong.inputs('takes the matrix for a diagonal one', ({ matrix }) => ({
  matrix: build(matrix.shape, (i, j) => (i === j ? matrix.at(i, j) : 0)),
}))

export const upperHalf = wrong.inputs(
  'takes the upper half of the matrix for both',
  ({ matrix }) => ({
    matrix: build(matrix.shape, (i, j) => matrix.at(Math.min(i, j), Math.max(i, j))),
  }),
)
