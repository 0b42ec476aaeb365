import { fromData } from '../../../reference/arithmetic/array.ts'
import {
  networkCounts as countsReference,
  poolingCost as poolingReference,
  network as reference,
} from '../../../reference/resnet/network.ts'
import { kinds, network, networkCounts, poolingCost } from '../../../spec/resnet/network.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(network, reference)
const wrongCounts = faultsOf(networkCounts, countsReference)
const wrongCost = faultsOf(poolingCost, poolingReference)

/** The description with some of its rows, which begin with kind, kernel and stride, changed. */
const rewritten = (name: string, change: (row: number[], at: number) => number[]) =>
  wrong.outputs(name, ({ layers: { shape, data } }) => {
    const [L, columns] = shape
    const rows = Array.from({ length: L }, (_, at) =>
      change(data.slice(at * columns, (at + 1) * columns), at),
    )
    return { layers: fromData(shape, rows.flat()) }
  })

export const poolsBetweenStages = rewritten(
  'halves between stages by a maximum instead of a stride',
  (row, at) =>
    at > 1 && row[0] === kinds.convolution && row[2] === 2 ? row.with(0, kinds.maximum) : row,
)

export const noFirstPool = rewritten(
  'has a convolution in the place of the first pooling layer',
  (row, at) => (at === 1 ? row.with(0, kinds.convolution) : row),
)

export const fixedMean = rewritten('takes the mean over 7 × 7 pixels, whatever the image', (row) =>
  row[0] === kinds.mean ? row.with(1, 7) : row,
)

export const roundsDown = wrong.parameters('rounds odd sides down', ({ side }) => ({
  side: Math.max(1, 2 ** Math.floor(Math.log2(side))),
}))

export const padsNothing = wrong.parameters(
  'does not pad the first convolution, so that 218 pixels are left to halve',
  ({ side }) => ({ side: Math.max(1, side - 6) }),
)

export const swapsStride = wrong.parameters(
  'strides in the other convolution of a bottleneck',
  ({ strideIn }) => ({ strideIn: strideIn === 'first' ? 'middle' : 'first' }),
)

export const countsSwapStride = wrongCounts.parameters(
  'strides in the other convolution of a bottleneck',
  ({ strideIn }) => ({ strideIn: strideIn === 'first' ? 'middle' : 'first' }),
)

export const forgetsShortcuts = wrongCounts.outputs(
  'leaves out the convolutions of the shortcuts',
  ({ parameters: all }, { parameters: { depth } }) => {
    const shortcuts =
      Number(depth) < 50
        ? [64 * 128, 128 * 256, 256 * 512]
        : [64 * 256, 256 * 512, 512 * 1024, 1024 * 2048]
    return { parameters: scalar(all.at() - shortcuts.reduce((a, b) => a + b)) }
  },
)

export const forgetsNormalization = wrongCounts.outputs(
  'counts one number instead of two for each channel of the first normalization',
  ({ parameters }) => ({ parameters: scalar(parameters.at() - 64) }),
)

export const countsPooling = wrongCounts.outputs(
  'counts the pooling layers among those with weights',
  ({ weighted }) => ({ weighted: changed(weighted, (n, part) => n + (part % 5 === 0 ? 1 : 0)) }),
)

export const oneBlockTooFew = wrongCounts.parameters(
  'takes the blocks of ResNet-50 for all bottleneck networks',
  ({ depth }) => ({ depth: Number(depth) > 50 ? '50' : depth }),
)

export const maximumDearer = wrongCost.outputs(
  'E-17 read literally: a maximum is dearer than a convolution',
  () => ({ dearer: scalar(1) }),
)

export const comparesFirst = wrongCost.outputs(
  'counts a comparison for the first pixel too',
  ({ operations }, { parameters: { outputs, channels } }) => ({
    operations: changed(operations, (n, way) => (way === 0 ? n + outputs * channels : n)),
  }),
)

export const convolvesDepthwise = wrongCost.outputs(
  'counts the convolution as if each channel saw itself alone',
  ({ operations }, { parameters: { window, channels, outputs } }) => ({
    operations: changed(operations, (n, way) =>
      way === 1 ? outputs * window * window * channels : n,
    ),
  }),
)
