import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  networkCounts as countsReference,
  poolingCost as poolingReference,
  network as reference,
} from '../../../reference/resnet/network.ts'
import { network, networkCounts, poolingCost } from '../../../spec/resnet/network.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

/** The same description with some rows changed. */
function rewrite(layers: Numbers, change: (row: number[], at: number) => number[]): Numbers {
  const [L, columns] = layers.shape as [number, number]
  const rows = Array.from({ length: L }, (_, at) =>
    change(
      Array.from({ length: columns }, (_, column) => layers.at(at, column)),
      at,
    ),
  )
  return fromData(layers.shape, rows.flat())
}

const wrongNetwork = faultsOf(network, reference)
const wrongNetworkCounts = faultsOf(networkCounts, countsReference)
const wrongPoolingCost = faultsOf(poolingCost, poolingReference)

export const poolsBetweenStages = wrongNetwork.outputs(
  'halves between stages by a maximum instead of a stride',
  ({ layers }) => {
    return {
      layers: rewrite(layers, (row, at) =>
        at > 1 && row[0] === 0 && row[2] === 2 ? [1, ...row.slice(1)] : row,
      ),
    }
  },
)

export const noFirstPool = wrongNetwork.outputs(
  'has a convolution in the place of the first pooling layer',
  ({ layers }) => {
    return { layers: rewrite(layers, (row, at) => (at === 1 ? [0, ...row.slice(1)] : row)) }
  },
)

export const fixedMean = wrongNetwork.outputs(
  'takes the mean over 7 × 7 pixels, whatever the image',
  ({ layers }) => {
    return { layers: rewrite(layers, (row) => (row[0] === 2 ? row.with(1, 7) : row)) }
  },
)

export const roundsDown = wrongNetwork.parameters('rounds odd sides down', (parameters) => {
  const side = Math.max(1, 2 ** Math.floor(Math.log2(parameters.side)))
  return { side }
})

export const padsNothing = wrongNetwork.parameters(
  'does not pad the first convolution, so that 218 pixels are left to halve',
  ({ side }) => ({ side: Math.max(1, side - 6) }),
)

export const swapsStride = wrongNetwork.parameters(
  'strides in the other convolution of a bottleneck',
  ({ strideIn }) => ({
    strideIn: strideIn === 'first' ? 'middle' : 'first',
  }),
)

export const countsSwapStride = wrongNetworkCounts.parameters(
  'strides in the other convolution of a bottleneck',
  ({ strideIn }) => ({
    strideIn: strideIn === 'first' ? 'middle' : 'first',
  }),
)

export const forgetsShortcuts = wrongNetworkCounts.outputs(
  'leaves out the convolutions of the shortcuts',
  (answer, { parameters }) => {
    const basic = Number(parameters.depth) < 50
    const shortcuts = basic
      ? [64 * 128, 128 * 256, 256 * 512]
      : [64 * 256, 256 * 512, 512 * 1024, 1024 * 2048]
    const missing = shortcuts.reduce((sum, weights) => sum + weights)
    return { parameters: fromData([], [answer.parameters.at() - missing]) }
  },
)

export const forgetsNormalization = wrongNetworkCounts.outputs(
  'counts one number instead of two for each channel of the first normalization',
  (answer) => {
    const { parameters: all } = answer
    const stem = 64
    return { parameters: build([], () => all.at() - stem) }
  },
)

export const countsPooling = wrongNetworkCounts.outputs(
  'counts the pooling layers among those with weights',
  (answer) => {
    return {
      weighted: changed(answer.weighted, (n, part) => n + (part % 5 === 0 ? 1 : 0)),
    }
  },
)

export const oneBlockTooFew = wrongNetworkCounts.parameters(
  'takes the blocks of ResNet-50 for all bottleneck networks',
  ({ depth }) => {
    return { depth: Number(depth) > 50 ? '50' : depth }
  },
)

export const maximumDearer = wrongPoolingCost.outputs(
  'E-17 read literally: a maximum is dearer than a convolution',
  () => ({ dearer: fromData([], [1]) }),
)

export const comparesFirst = wrongPoolingCost.outputs(
  'counts a comparison for the first pixel too',
  (answer, { parameters }) => {
    const { outputs, channels } = parameters
    const operations = changed(answer.operations, (n, way) =>
      way === 0 ? n + outputs * channels : n,
    )
    return { operations }
  },
)

export const convolvesDepthwise = wrongPoolingCost.outputs(
  'counts the convolution as if each channel saw itself alone',
  (answer, { parameters }) => {
    const { window, channels, outputs } = parameters
    const depthwise = outputs * window * window * channels
    const operations = changed(answer.operations, (n, way) => (way === 1 ? depthwise : n))
    return { operations }
  },
)
