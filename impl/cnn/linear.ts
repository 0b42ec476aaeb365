import * as tf from '@tensorflow/tfjs-core'
import type {
  composeConvolutions as composeSpec,
  convolutionStack as stackSpec,
} from '../../spec/cnn/linear.ts'
import { counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'
import { activate } from './activation.ts'
import { conv2d } from './conv2d.ts'

/**
 * One convolution for two in a row.
 *
 * Clauses    cnn.linear.collapse
 * Fast by    one convolution of kernels: the first bank, its channels as images and surrounded by
 *            zeros, under the second one, flipped and spread by the first stride
 */
export const composeConvolutions: Fast<typeof composeSpec> = (
  { filters1, bias1, filters2, bias2 },
  { strides1, strides2 },
) => {
  const [U2, V2, M, Q] = filters2.shape as [number, number, number, number]
  const [rows, columns] = [(U2 - 1) * strides1[0], (V2 - 1) * strides1[1]]
  const { y } = conv2d(
    {
      x: tf.transpose(filters1, [2, 0, 1, 3]),
      filters: tf.reverse(filters2, [0, 1]),
      bias: tf.zeros([Q]),
    },
    { strides: [1, 1], dilations: strides1, padding: [rows, rows, columns, columns] },
  )
  // Products before the sum over the window, which may overflow where the bias is 0.
  const everywhere = tf.tile(tf.reshape(bias1, [1, M]), [1, U2 * V2]) as tf.Tensor2D
  const carried = tf.matMul(everywhere, tf.reshape(filters2, [U2 * V2 * M, Q]) as tf.Tensor2D)
  return {
    filters: tf.transpose(y, [1, 2, 0, 3]),
    bias: tf.add(bias2, tf.reshape(carried, [Q])),
    strides: counts([strides1[0] * strides2[0], strides1[1] * strides2[1]]),
  }
}

/**
 * Two convolutions in a row.
 *
 * Clauses    cnn.linear.collapse, cnn.linear.collapse-padding-caveat, cnn.activation.breaks-collapse
 * Fast by    one fused kernel a layer
 */
export const convolutionStack: Fast<typeof stackSpec> = (
  { x, filters1, bias1, filters2, bias2 },
  { strides1, strides2, padding1, padding2, activation },
) => {
  const layer = (
    input: tf.Tensor,
    filters: tf.Tensor,
    bias: tf.Tensor,
    p: number,
    s: typeof strides1,
  ) =>
    conv2d({ x: input, filters, bias }, { strides: s, dilations: [1, 1], padding: [p, p, p, p] }).y
  const features = activate(layer(x, filters1, bias1, padding1, strides1), activation)
  return { y: layer(features, filters2, bias2, padding2, strides2) }
}
