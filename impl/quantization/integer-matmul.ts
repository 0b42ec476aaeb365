import * as tf from '@tensorflow/tfjs-core'
import type {
  integerMatmul as productSpec,
  quantizedMatmul as spec,
} from '../../spec/quantization/integer-matmul.ts'
import type { Fast } from '../operation.ts'

/** So many products of bytes add up to less than 2^24, whatever they are. */
const block = 256

type Factors = Readonly<Record<'a' | 'b' | 'zeroA' | 'zerosB', tf.Tensor>>

/** The product as whole numbers of 32 bits: float32 is exact within a block, int32 beyond. */
function productOf({ a, b, zeroA, zerosB }: Factors): tf.Tensor {
  const left = tf.sub(a, zeroA) as tf.Tensor2D
  const right = tf.sub(b, zerosB) as tf.Tensor2D
  const [N, D] = left.shape
  const M = right.shape[1]
  let sum: tf.Tensor | null = null
  for (let d = 0; d < D; d += block) {
    const terms = Math.min(block, D - d)
    const product = tf.matMul(
      tf.slice(left, [0, d], [N, terms]),
      tf.slice(right, [d, 0], [terms, M]),
    )
    const whole = tf.cast(product, 'int32')
    sum = sum === null ? whole : tf.add(sum, whole)
  }
  return sum!
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
