import type { backend_util } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

type Attributes = {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: unknown
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
type Amounts = [[number, number], [number, number], [number, number], [number, number]]
type PoolInfo = backend_util.Conv2DInfo
type Call = Parameters<tf.KernelFunc>[0]

const backend = 'tensorflow'

/**
 * Replaces kernels of the TensorFlow packages, version 4.22, that refuse what all other backends
 * compute, that copy from the device, or that the library underneath has wrong.
 */
export function repairKernels(): void {
  replace('Conv2D', convolution)
  replace('FusedConv2D', convolution)
  replace('MaxPool', pooling(padWithLeast))
  replace('AvgPool', pooling(averageOfCovered))
  replace('GatherV2', gather)
  replace('Relu', rectifier)
}

/** Puts a kernel in the place of another, once. */
function replace(kernelName: string, repair: (original: tf.KernelFunc) => tf.KernelFunc): void {
  const kernel = tf.getKernel(kernelName, backend)
  if (!kernel || repaired.has(kernel.kernelFunc)) return
  const original = kernel.kernelFunc
  kernel.kernelFunc = repair(original)
  repaired.add(kernel.kernelFunc)
  replaced.push({ kernel, original, repaired: kernel.kernelFunc })
}

const repaired = new WeakSet<tf.KernelFunc>()
const replaced: {
  readonly kernel: tf.KernelConfig
  readonly original: tf.KernelFunc
  readonly repaired: tf.KernelFunc
}[] = []

/** Runs something on the kernels as the packages come, for who wants to know what these do. */
export function asReleased<T>(compute: () => T): T {
  for (const { kernel, original } of replaced) kernel.kernelFunc = original
  try {
    return compute()
  } finally {
    for (const { kernel, repaired } of replaced) kernel.kernelFunc = repaired
  }
}

/**
 * Convolution where TensorFlow has it wrong on CPU.
 *
 * It ends the process where all windows lie left and right of the image (2.19; 2.21 has it right).
 * Smallest case: two images of one pixel, a kernel of one, a column of padding on either side,
 * strides of 1 and 2. So images are padded before, where the stride is wider than they are.
 *
 * It reads rows from beside the image (2.19 to 2.21) where there are several images of one channel
 * and one column of several windows, with strides of 1 down and more across. Smallest case: of two
 * images of 2 × 2 ones, under a kernel of 1 × 2 ones with strides of 1 and 3, it makes 2, 0, 2, 0. So
 * the first column is kept of what a stride of 1 gives.
 */
const convolution =
  (original: tf.KernelFunc): tf.KernelFunc =>
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
  (padded: (x: tf.Tensor4D, info: PoolInfo) => tf.Tensor) =>
  (original: tf.KernelFunc): tf.KernelFunc =>
  (call) => {
    const x = call.inputs.x as unknown as tf.Tensor4D
    const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as Attributes
    const info = tf.backend_util.computePool2DInfo(
      x.shape,
      filterSize,
      strides,
      1,
      pad as number,
      dimRoundingMode,
    )
    const { type } = info.padInfo
    return type === 'VALID' || type === 'SAME' ? original(call) : tf.tidy(() => padded(x, info))
  }

function amounts({ padInfo: { top, bottom, left, right } }: PoolInfo): Amounts {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

/** The largest of no more than the pixels: what surrounds them is less than all. */
function padWithLeast(x: tf.Tensor4D, info: PoolInfo): tf.Tensor {
  const around = tf.pad(x, amounts(info), Number.NEGATIVE_INFINITY)
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info
  return tf.maxPool(around, [filterHeight, filterWidth], [strideHeight, strideWidth], 'valid')
}

/** The sum under each window, by a filter of ones, over the number of pixels under it. */
function averageOfCovered(x: tf.Tensor4D, info: PoolInfo): tf.Tensor {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info
  const sum = (images: tf.Tensor4D) => {
    const ones = tf.ones<tf.Rank.R4>([filterHeight, filterWidth, images.shape[3], 1])
    const around = tf.pad(images, amounts(info))
    if (strideHeight === strideWidth) {
      return tf.depthwiseConv2d(around, ones, strideHeight, 'valid')
    }
    // The library has no depthwise convolution with two strides that differ.
    const all = tf.depthwiseConv2d(around, ones, 1, 'valid')
    return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, strideHeight, strideWidth, 1])
  }
  const [, rows, columns] = x.shape
  return tf.div(sum(x), sum(tf.ones([1, rows, columns, 1])))
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

/** The part of the packages' backend that a kernel calls. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: Readonly<Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_INT32', number>>
  getDTypeInteger(dtype: string): number
  executeSingleOutput(
    operation: string,
    attributes: readonly object[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor
}
