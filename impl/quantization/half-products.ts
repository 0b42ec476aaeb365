import * as tf from '@tensorflow/tfjs-core'
import type { halfMatmul as spec } from '../../spec/quantization/half-products.ts'
import { productOfAny } from '../layers/products.ts'
import type { Fast } from '../operation.ts'
import { decodeHalf, encodeHalf } from './formats.ts'

const float16 = { format: 'float16' } as const

/** The nearest numbers of half precision. */
function half(x: tf.Tensor): tf.Tensor {
  return decodeHalf(encodeHalf({ x }, float16), float16).x
}

/**
 * Product of matrices in half precision.
 *
 * Clauses    quantization.fp16-accumulate-fp32.product
 * Fast by    the matrix product of the backend on rounded factors; sums of half precision go term by term,
 *            for all elements at once
 */
export const halfMatmul: Fast<typeof spec> = ({ a, b }, { sums }) => {
  const left = half(a) as tf.Tensor2D
  const right = half(b) as tf.Tensor2D
  if (sums === 'float32') return { y: half(productOfAny(left, right)) }
  const [N, D] = left.shape
  const M = right.shape[1]
  let sigma: tf.Tensor = tf.zeros([N, M])
  for (let d = 0; d < D; d++) {
    const column = tf.slice(left, [0, d], [N, 1])
    const products = tf.mul(column, tf.slice(right, [d, 0], [1, M]))
    sigma = half(tf.add(sigma, products))
  }
  return { y: sigma }
}
