import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  networkCounts as countsReference,
  poolingCost as poolingReference,
  network as reference,
} from '../../../reference/resnet/network.ts'
import { network, networkCounts, poolingCost } from '../../../spec/resnet/network.ts'
import { fault, mapArray } from '../../kit/fault.ts'

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

export const poolsBetweenStages = fault(
  network,
  reference,
  'halves between stages by a maximum instead of a stride',
  ({ inputs, parameters, right }) => {
    const { layers } = right(inputs, parameters)
    return {
      layers: rewrite(layers, (row, at) =>
        at > 1 && row[0] === 0 && row[2] === 2 ? [1, ...row.slice(1)] : row,
      ),
    }
  },
)

export const noFirstPool = fault(
  network,
  reference,
  'has a convolution in the place of the first pooling layer',
  ({ inputs, parameters, right }) => {
    const { layers } = right(inputs, parameters)
    return { layers: rewrite(layers, (row, at) => (at === 1 ? [0, ...row.slice(1)] : row)) }
  },
)

export const fixedMean = fault(
  network,
  reference,
  'takes the mean over 7 × 7 pixels, whatever the image',
  ({ inputs, parameters, right }) => {
    const { layers } = right(inputs, parameters)
    return { layers: rewrite(layers, (row) => (row[0] === 2 ? row.with(1, 7) : row)) }
  },
)

export const roundsDown = fault(
  network,
  reference,
  'rounds odd sides down',
  ({ inputs, parameters, right }) => {
    const side = Math.max(1, 2 ** Math.floor(Math.log2(parameters.side)))
    return right(inputs, { ...parameters, side })
  },
)

export const padsNothing = fault(
  network,
  reference,
  'does not pad the first convolution, so that 218 pixels are left to halve',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, side: Math.max(1, parameters.side - 6) }),
)

export const swapsStride = fault(
  network,
  reference,
  'strides in the other convolution of a bottleneck',
  ({ inputs, parameters, right }) =>
    right(inputs, {
      ...parameters,
      strideIn: parameters.strideIn === 'first' ? 'middle' : 'first',
    }),
)

export const countsSwapStride = fault(
  networkCounts,
  countsReference,
  'strides in the other convolution of a bottleneck',
  ({ inputs, parameters, right }) =>
    right(inputs, {
      ...parameters,
      strideIn: parameters.strideIn === 'first' ? 'middle' : 'first',
    }),
)

export const forgetsShortcuts = fault(
  networkCounts,
  countsReference,
  'leaves out the convolutions of the shortcuts',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const basic = Number(parameters.depth) < 50
    const shortcuts = basic
      ? [64 * 128, 128 * 256, 256 * 512]
      : [64 * 256, 256 * 512, 512 * 1024, 1024 * 2048]
    const missing = shortcuts.reduce((sum, weights) => sum + weights)
    return { ...answer, parameters: fromData([], [answer.parameters.at() - missing]) }
  },
)

export const forgetsNormalization = fault(
  networkCounts,
  countsReference,
  'counts one number instead of two for each channel of the first normalization',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { parameters: all } = answer
    const stem = 64
    return { ...answer, parameters: build([], () => all.at() - stem) }
  },
)

export const countsPooling = fault(
  networkCounts,
  countsReference,
  'counts the pooling layers among those with weights',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return {
      ...answer,
      weighted: mapArray(answer.weighted, (n, part) => n + (part % 5 === 0 ? 1 : 0)),
    }
  },
)

export const oneBlockTooFew = fault(
  networkCounts,
  countsReference,
  'takes the blocks of ResNet-50 for all bottleneck networks',
  ({ inputs, parameters, right }) => {
    const { depth } = parameters
    return right(inputs, { ...parameters, depth: Number(depth) > 50 ? '50' : depth })
  },
)

export const maximumDearer = fault(
  poolingCost,
  poolingReference,
  'E-17 read literally: a maximum is dearer than a convolution',
  ({ inputs, parameters, right }) => ({ ...right(inputs, parameters), dearer: fromData([], [1]) }),
)

export const comparesFirst = fault(
  poolingCost,
  poolingReference,
  'counts a comparison for the first pixel too',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { outputs, channels } = parameters
    const operations = mapArray(answer.operations, (n, way) =>
      way === 0 ? n + outputs * channels : n,
    )
    return { ...answer, operations }
  },
)

export const convolvesDepthwise = fault(
  poolingCost,
  poolingReference,
  'counts the convolution as if each channel saw itself alone',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { window, channels, outputs } = parameters
    const depthwise = outputs * window * window * channels
    const operations = mapArray(answer.operations, (n, way) => (way === 1 ? depthwise : n))
    return { ...answer, operations }
  },
)
