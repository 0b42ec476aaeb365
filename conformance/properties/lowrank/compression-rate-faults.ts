import { compressionRate as reference } from '../../../reference/lowrank/compression-rate.ts'
import { compressionRate } from '../../../spec/lowrank/compression-rate.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(compressionRate, reference)

export const neverExpands = wrong.outputs(
  'E-29 read literally: calls whatever is decomposed smaller, or as large at worst',
  ({ rate }) => ({ rate: changed(rate, (r) => Math.max(1, r)) }),
)

export const upsideDown = wrong.outputs('gives the share that is left', ({ rate }) => ({
  rate: changed(rate, (r) => 1 / r),
}))

export const storesSquare = wrong.outputs(
  'counts the whole t × t matrix between the factors',
  (_, { parameters: { rows: m, columns: k, kept: t } }) => ({
    rate: scalar((m * k) / (m * t + t * t + t * k)),
  }),
)

export const absorbsDiagonal = wrong.outputs(
  'leaves the singular values out',
  (_, { parameters: { rows: m, columns: k, kept: t } }) => ({
    rate: scalar((m * k) / (t * (m + k))),
    most: scalar(Math.ceil((m * k) / (m + k)) - 1),
  }),
)

export const breaksEven = wrong.outputs(
  'takes factors as large as the matrix for smaller ones',
  (_, { parameters: { rows: m, columns: k } }) => ({
    most: scalar(Math.floor((m * k) / (m + k + 1))),
  }),
)

export const halvesRank = wrong.outputs(
  'takes half of the values for few enough',
  (_, { parameters: { rows, columns } }) => ({
    most: scalar(Math.floor(Math.min(rows, columns) / 2)),
  }),
)

export const rowsForBoth = wrong.outputs(
  'takes the matrix for square where it is wide',
  ({ rate }, { parameters: { rows: m, columns: k } }) => ({
    rate: m < k ? changed(rate, (r) => (r * m * (m + k + 1)) / (k * (2 * m + 1))) : rate,
  }),
)

export const acceptsMore = wrong.accepts('keeps more values than there are', () => ({
  rate: tensor([], [1]),
  most: tensor([], [0]),
}))
