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
 * compute, or that copy from the device. The library underneath is right.
 */
export function repairKernels(): void {
  replace('MaxPool', pooling(padWithLeast))
  replace('AvgPool', pooling(averageOfCovered))
  replace('GatherV2', gather)
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
  readonly binding: Readonly<Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_INT32', number>>
  getDTypeInteger(dtype: string): number
  executeSingleOutput(
    operation: string,
    attributes: readonly object[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor
}
