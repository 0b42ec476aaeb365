import * as tf from '@tensorflow/tfjs-core'
import type {
  binarize as binarizeSpec,
  binaryProduct as productSpec,
} from '../../spec/quantization/binary.ts'
import type { Fast } from '../operation.ts'

/**
 * Weights of one bit.
 *
 * Clauses    quantization.binary.scale
 * Fast by    one comparison and one reduction; the library's sign of 0 is 0
 */
export const binarize: Fast<typeof binarizeSpec> = ({ w }, { per }) => {
  const magnitudes = tf.abs(w)
  const scales = per === 'tensor' ? tf.reshape(tf.mean(magnitudes), [1]) : tf.mean(magnitudes, 0)
  return { signs: tf.where(tf.less(w, 0), tf.neg(tf.onesLike(w)), tf.onesLike(w)), scales }
}

/**
 * Product of matrices of signs.
 *
 * Clauses    quantization.binary.product
 * Fast by    a matrix product of signs, since the library has no counts of bits
 */
export const binaryProduct: Fast<typeof productSpec> = ({ a, b }) => {
  const signsOf = (x: tf.Tensor) => tf.sub(tf.mul(x, 2), 1) as tf.Tensor2D
  return { y: tf.matMul(signsOf(a), signsOf(b)) }
}
