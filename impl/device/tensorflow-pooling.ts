import * as tf from '@tensorflow/tfjs-core'
import type { NodeBackend } from './node-backend.ts'
import type { Repair } from './replaced-kernels.ts'
import {
  amounts,
  defectsOf,
  explicitly,
  isNamed,
  type WindowInfo,
  type Windows,
} from './tensorflow-windows.ts'

type Pooling = Omit<Windows, 'dilations'> & { readonly filterSize: [number, number] | number }
type Call = Parameters<tf.KernelFunc>[0]

/**
 * Pooling with amounts of padding, which the packages refuse ("TF Backend supports only 'valid' and
 * 'same' padding"). Smallest case: an image of one pixel, a kernel of 2 × 1 and a row of padding.
 */
const pooling =
  (padded: (call: Call, info: WindowInfo) => tf.TensorInfo) =>
  (original: tf.KernelFunc): tf.KernelFunc =>
  (call) => {
    const info = windowsOf(call.inputs.x as tf.Tensor4D, call)
    return isNamed(info) ? original(call) : padded(call, info)
  }

function windowsOf({ shape }: tf.Tensor4D, { attrs }: Call): WindowInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as Pooling
  return tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad as number,
    dimRoundingMode,
  )
}

/** The largest of no more than the pixels. CUDA has what surrounds them less than all. */
function largest(call: Call, info: WindowInfo): tf.TensorInfo {
  const x = call.inputs.x as tf.Tensor4D
  const node = call.backend as unknown as NodeBackend
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info
  if (!node.isUsingGpuDevice) {
    const kernel = { name: 'ksize', type: node.binding.TF_ATTR_INT, value: kernelOf(info) }
    return node.executeSingleOutput('MaxPool', [kernel, ...explicitly(node, info)], [x])
  }
  return tf.tidy(() => {
    const around = tf.pad(x, amounts(info), Number.NEGATIVE_INFINITY)
    return tf.maxPool(around, [filterHeight, filterWidth], [strideHeight, strideWidth], 'valid')
  })
}

/** The gradient of the same, with amounts of padding, on CPU. */
export const maxPoolGradient: Repair = (original) => (call) => {
  const { input, output, dy } = call.inputs as Record<'input' | 'output' | 'dy', tf.Tensor4D>
  const node = call.backend as unknown as NodeBackend
  const info = windowsOf(input, call)
  if (isNamed(info) || node.isUsingGpuDevice) return original(call)
  const kernel = { name: 'ksize', type: node.binding.TF_ATTR_INT, value: kernelOf(info) }
  return node.executeSingleOutput(
    'MaxPoolGrad',
    [kernel, ...explicitly(node, info)],
    [input, output, dy],
  )
}

const kernelOf = ({ filterHeight, filterWidth }: WindowInfo) => [1, filterHeight, filterWidth, 1]

/** The sum under each window over the number of pixels under it. */
function averageOfCovered(call: Call, info: WindowInfo): tf.TensorInfo {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inHeight, inWidth } = info
  const { outHeight, outWidth, padInfo } = info
  return tf.tidy(() => {
    const tall = covered(outHeight, filterHeight, strideHeight, padInfo.top, inHeight)
    const wide = covered(outWidth, filterWidth, strideWidth, padInfo.left, inWidth)
    const counts = tall.flatMap((rows) => wide.map((columns) => rows * columns))
    return tf.div(sumsUnder(call, info), tf.tensor4d(counts, [1, outHeight, outWidth, 1]))
  })
}

/** The sum under each window, by filters of ones: by one operation where TensorFlow has it right on CPU. */
function sumsUnder(call: Call, info: WindowInfo): tf.Tensor {
  const x = call.inputs.x as tf.Tensor4D
  const node = call.backend as unknown as NodeBackend
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info
  const ones = tf.ones<tf.Rank.R4>([filterHeight, filterWidth, x.shape[3], 1])
  // TensorFlow has no depthwise convolution with two strides that differ.
  const isEqual = strideHeight === strideWidth
  const { crashes, misread } = defectsOf(info)
  if (!node.isUsingGpuDevice && isEqual && !crashes && !misread) {
    return node.executeSingleOutput('DepthwiseConv2dNative', explicitly(node, info), [x, ones])
  }
  const around = tf.pad(x, amounts(info))
  if (isEqual) return tf.depthwiseConv2d(around, ones, strideHeight, 'valid')
  const all = tf.depthwiseConv2d(around, ones, 1, 'valid')
  return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, strideHeight, strideWidth, 1])
}

/** How many pixels of an axis lie under each window. */
function covered(windows: number, kernel: number, stride: number, before: number, size: number) {
  return Array.from({ length: windows }, (_, i) => {
    const first = stride * i - before
    return Math.min(size, first + kernel) - Math.max(0, first)
  })
}

export const maxPool = pooling(largest)
export const averagePool = pooling(averageOfCovered)
