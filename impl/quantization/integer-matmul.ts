import * as tf from '@tensorflow/tfjs-core'
import type {
  integerMatmul as productSpec,
  quantizedMatmul as spec,
} from '../../spec/quantization/integer-matmul.ts'
import { totalOf } from '../layers/total.ts'
import type { Fast } from '../operation.ts'

/** So many products of bytes add up to less than 2^24, whatever they are. */
const block = 256

type Factors = Readonly<Record<'a' | 'b' | 'zeroA' | 'zerosB', tf.Tensor>>

/** What a sum is divided by, so that many remainders add up to less than 2^24. */
const base = 4096

/**
 * The product as whole numbers of 32 bits, each exact, or the nearest one of float32: on WebGPU, TensorFlow.js adds
 * int32 as float32. Smallest case: 2^24 + 1 is 2^24 there. Sums of more than one block go in two parts, each of which
 * float32 holds, and are rounded once, where these are put together.
 */
function productOf({ a, b, zeroA, zerosB }: Factors): tf.Tensor {
  const left = tf.sub(a, zeroA) as tf.Tensor2D
  const right = tf.sub(b, zerosB) as tf.Tensor2D
  const [N, D] = left.shape
  const M = right.shape[1]
  const products: tf.Tensor[] = []
  for (let d = 0; d < D; d += block) {
    const terms = Math.min(block, D - d)
    products.push(
      tf.matMul(tf.slice(left, [0, d], [N, terms]), tf.slice(right, [d, 0], [terms, M])),
    )
  }
  if (products.length === 1) return tf.cast(products[0]!, 'int32')
  const quotients = products.map((product) => tf.floor(tf.mul(product, 1 / base)))
  const remainders = products.map((product, i) => tf.sub(product, tf.mul(quotients[i]!, base)))
  const [high, low] = [totalOf(quotients), totalOf(remainders)]
  return tf.add(tf.cast(tf.mul(high, base), 'int32'), tf.cast(low, 'int32'))
}

/**
 * Product of matrices of codes.
 *
 * Clauses    quantization.per-layer-scale.integer-product, quantization.per-layer-scale.requantize
 * Fast by    the matrix product of floating-point numbers, which is exact for 256 terms at a time
 */
export const integerMatmul: Fast<typeof productSpec> = (factors) => ({ y: productOf(factors) })

/**
 * Product of quantized matrices, quantized again.
 *
 * Clauses    quantization.per-layer-scale.requantize
 * Fast by    one factor a channel, made of all scales, on the product of codes
 */
export const quantizedMatmul: Fast<typeof spec> = (
  { scaleA, scalesB, scaleY, zeroY, ...factors },
  { bits, rangeY },
) => {
  const low = rangeY === 'unsigned' ? 0 : -(2 ** (bits - 1))
  const factor = tf.div(tf.mul(scaleA, scalesB), scaleY)
  const steps = tf.mul(tf.cast(productOf(factors), 'float32'), factor)
  return { codes: tf.clipByValue(tf.add(tf.round(steps), zeroY), low, low + 2 ** bits - 1) }
}
