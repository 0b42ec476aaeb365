import { build } from '../../../reference/arithmetic/array.ts'
import {
  headCounts as countsReference,
  flatHead as flatReference,
  pooledHeadGradient as gradientReference,
  pooledHead as reference,
} from '../../../reference/inception/head.ts'
import {
  flatHead,
  headCounts,
  pooledHead,
  pooledHeadGradient,
} from '../../../spec/inception/head.ts'
import { changed, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pooledHead, reference)
const wrongGradient = faultsOf(pooledHeadGradient, gradientReference)
const wrongFlat = faultsOf(flatHead, flatReference)
const wrongCounts = faultsOf(headCounts, countsReference)

export const sums = wrong.inputs(
  'takes the sum over the image instead of the mean',
  ({ x }, { sizes: { H, W } }) => ({ x: changed(x, (v) => v * H * W) }),
)

export const takesMaximum = wrong.inputs(
  'takes the maximum over the image instead of the mean',
  ({ x }, { sizes: { N, H, W, K } }) => {
    const largest = build([N, K], (n, k) => Math.max(...part(x, [1, H, W, 1], [n, 0, 0, k]).data))
    return { x: build(x.shape, (n, _i, _j, k) => largest.at(n, k)) }
  },
)

export const poolsOneAxis = wrong.inputs('takes the mean over the rows only', ({ x }) => ({
  x: permuted(x, (n, i, _j, k) => [n, i, 0, k]),
}))

export const forgetsBias = wrong.inputs('forgets the bias', ({ bias }) => ({
  bias: zeros(bias.shape),
}))

export const gradientNotDivided = wrongGradient.outputs(
  'gives every pixel the whole gradient of the mean',
  ({ dx }, { sizes: { H, W } }) => ({ dx: changed(dx, (d) => d * H * W) }),
)

export const gradientOfSum = wrongGradient.outputs(
  'takes the sum of the image for the gradient by the weights',
  ({ dWeights }, { sizes: { H, W } }) => ({ dWeights: changed(dWeights, (d) => d * H * W) }),
)

export const flattensChannelsFirst = wrongFlat.inputs(
  'flattens channels first, but the weights with channels last',
  ({ x }, { sizes: { H, W, K } }) => ({
    x: permuted(x, (n, i, j, k) => {
      const position = (i * W + j) * K + k
      const rest = position % (H * W)
      return [n, Math.floor(rest / W), rest % W, Math.floor(position / (H * W))]
    }),
  }),
)

export const noClassifier = wrongCounts.outputs(
  'E-13 read literally: no fully connected layer after the mean',
  ({ parameters }) => ({
    parameters: changed(parameters, (count, head) => (head === 0 ? 0 : count)),
  }),
)

export const noBiases = wrongCounts.outputs(
  'leaves the biases out',
  ({ parameters }, { parameters: { classes } }) => ({
    parameters: changed(parameters, (count) => count - classes),
  }),
)

export const savesOneSide = wrongCounts.parameters('counts the rows of the image only', () => ({
  columns: 1,
}))
