import * as tf from '@tensorflow/tfjs-core'
import type {
  dequantize as dequantizeSpec,
  quantize as quantizeSpec,
} from '../../spec/quantization/reduced-bits.ts'
import type { Fast } from '../operation.ts'

/**
 * Quantization to whole numbers.
 *
 * Clauses    quantization.reduced-bits.quantize, quantization.reduced-bits.dequantize
 * Fast by    one pass each of division, rounding, addition and clipping; the library rounds halves to even
 */
export const quantize: Fast<typeof quantizeSpec> = ({ x, scales, zeroPoints }, { bits, range }) => {
  const count = 2 ** bits
  const low = range === 'unsigned' ? 0 : range === 'signed' ? -count / 2 : 1 - count / 2
  const high = range === 'unsigned' ? count - 1 : count / 2 - 1
  const moved = tf.add(tf.round(tf.div(x, scales)), zeroPoints)
  return { codes: tf.clipByValue(moved, low, high) }
}

/**
 * The numbers that codes stand for.
 *
 * Clauses    quantization.reduced-bits.dequantize
 * Fast by    the difference first, which is exact, so that only the product is rounded
 */
export const dequantize: Fast<typeof dequantizeSpec> = ({ codes, scales, zeroPoints }) => ({
  x: tf.mul(tf.sub(codes, zeroPoints), scales),
})
