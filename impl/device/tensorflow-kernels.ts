import type { backend_util } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { NodeBackend } from './node-backend.ts'
import { type Repair, replaceKernel } from './replaced-kernels.ts'
import { matrixProduct } from './tensorflow-products.ts'

type Attributes = {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: unknown
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
type Amounts = [[number, number], [number, number], [number, number], [number, number]]
type PoolInfo = backend_util.Conv2DInfo
type Call = Parameters<tf.KernelFunc>[0]

/**
 * Replaces kernels of the TensorFlow packages, version 4.22, that refuse what all other backends
 * compute, that copy from the device, that take longer than they need to, or that the library underneath has wrong.
 */
export function repairKernels(): void {
  const replace = (kernel: string, repair: Repair) => replaceKernel(kernel, 'tensorflow', repair)
  replace('BatchMatMul', matrixProduct)
  replace('Conv2D', convolution())
  replace('FusedConv2D', convolution())
  // Of one channel it is the same kernel underneath.
  replace('DepthwiseConv2dNative', convolution(true))
  replace('MaxPool', pooling(largest))
  replace('MaxPoolGrad', gradientOfLargest)
  replace('AvgPool', pooling(averageOfCovered))
  replace('Conv2DBackpropInput', inputGradient)
  replace('GatherV2', gather)
  replace('Relu', rectifier)
  replace('Sign', sign)
}

/**
 * Convolution where TensorFlow has it wrong on CPU.
 *
 * It ends the process where all windows lie left and right of the image (2.19; 2.21 has it right).
 * Smallest case: two images of one pixel, a kernel of one, a column of padding on either side,
 * strides of 1 and 2; depthwise, two filters and strides of 2. So images are padded before, where the
 * stride is wider than they are.
 *
 * It reads rows from beside the image (2.19 to 2.21) where there are several images of one channel
 * and one column of several windows, with strides of 1 down and more across. Smallest case: of two
 * images of 2 × 2 ones, under a kernel of 1 × 2 ones with strides of 1 and 3, it makes 2, 0, 2, 0. So
 * the first column is kept of what a stride of 1 gives.
 */
const convolution =
  (isDepthwise = false): Repair =>
  (original) =>
  (call) => {
    const { x, filter } = call.inputs as { x: tf.Tensor4D; filter: tf.Tensor4D }
    const { strides, pad, dilations, dimRoundingMode } = call.attrs as unknown as Convolution
    const info = tf.backend_util.computeConv2DInfo(
      x.shape,
      filter.shape,
      strides,
      dilations,
      pad as number,
      dimRoundingMode,
      isDepthwise,
    )
    const { batchSize, inChannels, inWidth, outHeight, outWidth, strideHeight, strideWidth } = info
    const { left, right } = info.padInfo
    const crashes = strideWidth > inWidth && left + right > 0
    const misread =
      batchSize > 1 &&
      inChannels === 1 &&
      outHeight > 1 &&
      outWidth === 1 &&
      strideHeight === 1 &&
      strideWidth > 1
    if (!crashes && !misread) return original(call)
    return tf.tidy(() => {
      const around = tf.pad(x, amounts(info))
      const attrs = { ...call.attrs, pad: 'valid', ...(misread ? { strides: [1, 1] } : {}) }
      const y = original({ ...call, inputs: { ...call.inputs, x: around }, attrs }) as tf.Tensor
      return misread ? tf.slice(y, [0, 0, 0, 0], info.outShape) : y
    })
  }

interface Convolution extends Omit<Attributes, 'filterSize'> {
  readonly dilations: [number, number] | number
}

/**
 * Pooling with amounts of padding, which the packages refuse ("TF Backend supports only 'valid' and
 * 'same' padding"). Smallest case: an image of one pixel, a kernel of 2 × 1 and a row of padding.
 */
const pooling =
  (padded: (call: Call, info: PoolInfo) => tf.TensorInfo) =>
  (original: tf.KernelFunc): tf.KernelFunc =>
  (call) => {
    const info = windowsOf(call.inputs.x as tf.Tensor4D, call)
    return isNamed(info) ? original(call) : padded(call, info)
  }

function windowsOf({ shape }: tf.Tensor4D, { attrs }: Call): PoolInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as Attributes
  return tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad as number,
    dimRoundingMode,
  )
}

const isNamed = ({ padInfo: { type } }: PoolInfo) => type === 'VALID' || type === 'SAME'

function amounts({ padInfo: { top, bottom, left, right } }: PoolInfo): Amounts {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

/** The largest of no more than the pixels. CUDA has what surrounds them less than all. */
function largest(call: Call, info: PoolInfo): tf.TensorInfo {
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
const gradientOfLargest: Repair = (original) => (call) => {
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

const kernelOf = ({ filterHeight, filterWidth }: PoolInfo) => [1, filterHeight, filterWidth, 1]

/** What all operators of TensorFlow are told that slide windows over an image with amounts of padding. */
function explicitly(node: NodeBackend, info: PoolInfo): readonly object[] {
  const { strideHeight, strideWidth } = info
  const { binding } = node
  return [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: node.getDTypeInteger('float32') },
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, strideHeight, strideWidth, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: 'EXPLICIT' },
    { name: 'explicit_paddings', type: binding.TF_ATTR_INT, value: amounts(info).flat() },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
  ]
}

/** The sum under each window, by a filter of ones, over the number of pixels under it. */
function averageOfCovered(call: Call, info: PoolInfo): tf.TensorInfo {
  const x = call.inputs.x as tf.Tensor4D
  const { filterHeight, filterWidth, strideHeight, strideWidth, inHeight, inWidth } = info
  const { outHeight, outWidth, padInfo } = info
  return tf.tidy(() => {
    const ones = tf.ones<tf.Rank.R4>([filterHeight, filterWidth, x.shape[3], 1])
    const around = tf.pad(x, amounts(info))
    // The library has no depthwise convolution with two strides that differ.
    const equal = strideHeight === strideWidth
    const all = tf.depthwiseConv2d(around, ones, equal ? strideHeight : 1, 'valid')
    const sums = equal
      ? all
      : tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, strideHeight, strideWidth, 1])
    const tall = covered(outHeight, filterHeight, strideHeight, padInfo.top, inHeight)
    const wide = covered(outWidth, filterWidth, strideWidth, padInfo.left, inWidth)
    const counts = tall.flatMap((rows) => wide.map((columns) => rows * columns))
    return tf.div(sums, tf.tensor4d(counts, [1, outHeight, outWidth, 1]))
  })
}

/** How many pixels of an axis lie under each window. */
function covered(windows: number, kernel: number, stride: number, before: number, size: number) {
  return Array.from({ length: windows }, (_, i) => {
    const first = stride * i - before
    return Math.min(size, first + kernel) - Math.max(0, first)
  })
}

/**
 * The rectifier where TensorFlow lets negative numbers through on CPU (2.19). It reads subnormal numbers as 0, and
 * of two equal numbers gives the one that it was given. Smallest case: of -1e-40 it makes -1e-40. So it
 * is a maximum with 0, which gives what it read.
 */
const rectifier =
  (original: tf.KernelFunc): tf.KernelFunc =>
  (call) => {
    const x = call.inputs.x as unknown as tf.Tensor
    if ((call.backend as unknown as NodeBackend).isUsingGpuDevice) return original(call)
    return tf.tidy(() => tf.maximum(x, tf.scalar(0, x.dtype)))
  }

/** The gradient of a convolution by its input with amounts of padding, which the packages refuse, too. */
const inputGradient: Repair = (original) => (call) => {
  const { dy, filter } = call.inputs as Record<'dy' | 'filter', tf.Tensor4D>
  const { strides, pad, inputShape } = call.attrs as unknown as Convolution & {
    readonly inputShape: [number, number, number, number]
  }
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    1,
    pad as number,
  )
  const node = call.backend as unknown as NodeBackend
  if (isNamed(info)) return original(call)
  const size = tf.tensor1d(inputShape, 'int32')
  try {
    return node.executeSingleOutput(
      'Conv2DBackpropInput',
      [...explicitly(node, info)],
      [size, filter, dy],
    )
  } finally {
    size.dispose()
  }
}

/**
 * Gathering, for which the packages copy the indices back to the host, to see that none is too
 * large. Smallest case: tf.gather of one element by an index that was computed.
 */
const gather = (): tf.KernelFunc => (call: Call) => {
  const { x, indices } = call.inputs as { x: tf.TensorInfo; indices: tf.TensorInfo }
  const { axis, batchDims } = call.attrs as unknown as { axis: number; batchDims: number }
  const node = call.backend as unknown as NodeBackend
  const type = (name: string, dtype: string) => ({
    name,
    type: node.binding.TF_ATTR_TYPE,
    value: dtype === 'int32' ? node.binding.TF_INT32 : node.getDTypeInteger(dtype),
  })
  const along = tf.scalar(axis, 'int32')
  try {
    return node.executeSingleOutput(
      'GatherV2',
      [
        { name: 'batch_dims', type: node.binding.TF_ATTR_INT, value: batchDims },
        type('Tparams', x.dtype),
        type('Tindices', indices.dtype),
        type('Taxis', 'int32'),
      ],
      [x, indices, along],
    )
  } finally {
    along.dispose()
  }
}

/**
 * The sign where TensorFlow gets it wrong on CPU (2.19): it reads subnormal numbers as 0, and gives them back or the
 * sign 0. Smallest case: of 1e-40 it makes 1e-40. So its bits are read as a whole number: above 0 for a number above 0, the
 * least of all for -0, and between that and 0 for a number below 0.
 */
const sign =
  (original: tf.KernelFunc): tf.KernelFunc =>
  (call) => {
    const x = call.inputs.x as unknown as tf.Tensor
    const node = call.backend as unknown as NodeBackend
    if (node.isUsingGpuDevice || x.dtype !== 'float32') return original(call)
    const type = (name: string, value: number) => ({
      name,
      type: node.binding.TF_ATTR_TYPE,
      value,
    })
    return tf.tidy(() => {
      const attributes = [
        type('T', node.getDTypeInteger('float32')),
        type('type', node.binding.TF_INT32),
      ]
      const bits = node.executeSingleOutput('Bitcast', attributes, [x])
      const least = tf.scalar(-(2 ** 31), 'int32')
      const below = tf.logicalAnd(tf.less(bits, tf.scalar(0, 'int32')), tf.greater(bits, least))
      const above = tf.greater(bits, tf.scalar(0, 'int32'))
      const signs = tf.sub(tf.cast(above, 'float32'), tf.cast(below, 'float32'))
      return tf.where(tf.isNaN(x), x, signs)
    })
  }
