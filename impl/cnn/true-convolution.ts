import * as tf from '@tensorflow/tfjs-core'
import type { trueConvolution as spec } from '../../spec/cnn/true-convolution.ts'
import { explicitPadding } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

/**
 * Convolution with a flipped kernel, in full.
 *
 * Clauses    cnn.conv2d.is-cross-correlation
 * Fast by    the backend's convolution layer, its kernel turned round and its image padded by the
 *            kernel less one
 */
export const trueConvolution: Fast<typeof spec> = ({ x, kernel }) => {
  const [H, W] = x.shape as [number, number]
  const [Hf, Wf] = kernel.shape as [number, number]
  const turned = tf.reverse(kernel, [0, 1])
  const y = tf.conv2d(
    tf.reshape(x, [1, H, W, 1]) as tf.Tensor4D,
    tf.reshape(turned, [Hf, Wf, 1, 1]) as tf.Tensor4D,
    1,
    explicitPadding([Hf - 1, Hf - 1, Wf - 1, Wf - 1]),
  )
  return { y: tf.reshape(y, [H + Hf - 1, W + Wf - 1]) }
}
