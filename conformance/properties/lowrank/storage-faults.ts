import { factorStorage as reference } from '../../../reference/lowrank/storage.ts'
import { factorStorage } from '../../../spec/lowrank/storage.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(factorStorage, reference)

export const storesSquare = wrong.outputs(
  'stores the whole t × t matrix between the factors',
  ({ absorbed }, { parameters: { kept } }) => ({ factors: scalar(absorbed.at() + kept * kept) }),
)

export const forgetsDiagonal = wrong.outputs('stores no singular values', ({ absorbed }) => ({
  factors: absorbed,
}))

export const storesFullVectors = wrong.outputs(
  'stores all left and right vectors',
  (_, { parameters: { rows, columns, kept } }) => ({
    factors: scalar(rows * rows + kept + columns * columns),
  }),
)

export const absorbsTwice = wrong.outputs(
  'takes the diagonal into one factor and keeps it',
  ({ absorbed }, { parameters: { kept } }) => ({ absorbed: changed(absorbed, (n) => n + kept) }),
)

export const rowsTwice = wrong.parameters('takes the matrix for square', ({ rows }) => ({
  columns: rows,
}))

export const acceptsMore = wrong.accepts('keeps more values than there are', () => ({
  whole: tensor([], [1]),
  factors: tensor([], [3]),
  absorbed: tensor([], [2]),
}))
