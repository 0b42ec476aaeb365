import { build } from '../../../reference/arithmetic/array.ts'
import {
  dense as denseReference,
  flattenGradient as gradientReference,
  flatten as reference,
} from '../../../reference/cnn/flatten.ts'
import { dense, flatten, flattenGradient } from '../../../spec/cnn/flatten.ts'
import { zeros } from '../../kit/arrays.ts'
import { faultsOf, keepsLast } from '../../kit/faults.ts'

const wrong = faultsOf(flatten, reference)
const wrongGradient = faultsOf(flattenGradient, gradientReference)
const wrongDense = faultsOf(dense, denseReference)

export const channelsFirst = wrong.outputs(
  'writes channel by channel, as PyTorch does',
  ({ y }, { inputs: { x }, sizes: { H, W } }) => ({
    y: build(y.shape, (n, d) => x.at(n, Math.floor(d / W) % H, d % W, Math.floor(d / (H * W)))),
  }),
)

export const columnsFirst = wrong.outputs(
  'writes column by column',
  ({ y }, { inputs: { x }, sizes: { H, K } }) => ({
    y: build(y.shape, (n, d) => x.at(n, Math.floor(d / K) % H, Math.floor(d / (K * H)), d % K)),
  }),
)

export const mixesImages = wrong.outputs(
  'lets images change with every number',
  ({ y }, { sizes: { N } }) => ({ y: build(y.shape, (n, d) => y.data[d * N + n]) }),
)

export const returnsColumnsFirst = wrongGradient.outputs(
  'reads the gradient column by column',
  ({ dx }, { inputs: { dy }, sizes: { H, K } }) => ({
    dx: build(dx.shape, (n, i, j, k) => dy.at(n, (j * H + i) * K + k)),
  }),
)

export const forgetsBias = wrongDense.inputs('forgets the bias', ({ bias }) => ({
  bias: zeros(bias.shape),
}))

export const keepsBias = keepsLast(dense, denseReference, 'bias')

export const transposesWeights = wrongDense.inputs(
  'reads the weights as one row an output',
  ({ weights }, { sizes: { D } }) => ({
    weights: build(weights.shape, (d, m) => weights.data[m * D + d]),
  }),
)
