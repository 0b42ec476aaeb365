import * as tf from '@tensorflow/tfjs-core'
import type { NodeBackend } from './node-backend.ts'
import { type Repair, replaceKernel } from './replaced-kernels.ts'
import { convolution, inputGradient } from './tensorflow-convolutions.ts'
import { averagePool, maxPool, maxPoolGradient } from './tensorflow-pooling.ts'
import { matrixProduct } from './tensorflow-products.ts'

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
  replace('MaxPool', maxPool)
  replace('MaxPoolGrad', maxPoolGradient)
  replace('AvgPool', averagePool)
  replace('Conv2DBackpropInput', inputGradient())
  replace('DepthwiseConv2dNativeBackpropInput', inputGradient(true))
  replace('GatherV2', gather)
  replace('Relu', rectifier)
  replace('Sign', sign)
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
