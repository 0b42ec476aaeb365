import * as tf from '@tensorflow/tfjs-core'
import type {
  decodeHalf as decodeSpec,
  encodeHalf as encodeSpec,
} from '../../spec/quantization/formats.ts'
import type { Fast } from '../operation.ts'

/** Bits of the fraction, the exponent of 1, and how many exponents there are of normal numbers. */
const layouts = {
  float16: { bits: 10, bias: 15, exponents: 30 },
  bfloat16: { bits: 7, bias: 127, exponents: 254 },
} as const

interface Layout {
  readonly bias: number
  readonly exponents: number
}

/** A function of the exponent of each normal number, from the least one on. */
function byExponent({ bias, exponents }: Layout, value: (exponent: number) => number) {
  return tf.tensor1d(Array.from({ length: exponents }, (_, at) => value(at + 1 - bias)))
}

/** The powers of two from the least normal number on. */
const powersOf = (layout: Layout) => byExponent(layout, (exponent) => 2 ** exponent)

/** The number of a table at a place, of which there may be a fraction or which may be too large. */
function entryAt(table: tf.Tensor1D, place: tf.Tensor): tf.Tensor {
  return tf.gather(table, tf.cast(tf.clipByValue(place, 0, table.size - 1), 'int32'))
}

/**
 * Conversion to a format of two bytes.
 *
 * Clauses    quantization.fp16-format.encode
 * Fast by    a logarithm that finds the exponent but for one, two comparisons that find it, and a rounding
 *            of the significand; one that is rounded up to the next exponent carries into it by itself
 */
export const encodeHalf: Fast<typeof encodeSpec> = ({ x }, { format }) => {
  const layout = layouts[format]
  const { bits, bias, exponents } = layout
  const powers = powersOf(layout)
  const nowhere = tf.isNaN(x)
  // A place that is not a number is none of the table.
  const size = tf.where(nowhere, tf.onesLike(x), tf.abs(x))
  const guess = tf.clipByValue(
    tf.floor(tf.add(tf.div(tf.log(size), Math.LN2), bias - 1)),
    0,
    exponents - 1,
  )
  const near = entryAt(powers, guess)
  const tooHigh = tf.cast(tf.greater(near, size), 'float32')
  const tooLow = tf.cast(tf.lessEqual(near, tf.mul(size, 0.5)), 'float32')
  const place = tf.clipByValue(tf.add(tf.sub(guess, tooHigh), tooLow), 0, exponents - 1)
  // By 2^-exponent in two factors: 2^-127 is no normal number, and a GPU takes 1 / 2^127 for 0.
  const half = entryAt(
    byExponent(layout, (exponent) => 2 ** -Math.floor(exponent / 2)),
    place,
  )
  const rest = entryAt(
    byExponent(layout, (exponent) => 2 ** -Math.ceil(exponent / 2)),
    place,
  )
  const significand = tf.round(tf.mul(tf.mul(tf.mul(size, half), rest), 2 ** bits))

  const infinity = (exponents + 1) * 2 ** bits
  const code = tf.minimum(tf.add(tf.mul(place, 2 ** bits), significand), infinity)
  const signed = tf.where(isNegative(x), tf.add(code, 2 ** 15), code)
  return { codes: tf.where(nowhere, infinity + 2 ** (bits - 1), signed) }
}

/** Of zeros, the reciprocal tells. */
function isNegative(x: tf.Tensor): tf.Tensor {
  const one = tf.onesLike(x)
  return tf.less(tf.where(tf.equal(x, 0), tf.div(one, x), x), 0)
}

/**
 * Numbers of a format of two bytes.
 *
 * Clauses    quantization.fp16-format.decode, quantization.fp16-format.encode
 * Fast by    a table of the powers of two, of which there is one an exponent
 */
export const decodeHalf: Fast<typeof decodeSpec> = ({ codes }, { format }) => {
  const layout = layouts[format]
  const { bits, exponents } = layout
  const negative = tf.greaterEqual(codes, 2 ** 15)
  const size = tf.where(negative, tf.sub(codes, 2 ** 15), codes)
  const exponent = tf.floor(tf.mul(size, 2 ** -bits))
  const fraction = tf.sub(tf.mul(size, 2 ** -bits), exponent)

  const hidden = tf.cast(tf.greater(exponent, 0), 'float32')
  const power = entryAt(powersOf(layout), tf.sub(exponent, 1))
  const finite = tf.mul(tf.add(fraction, hidden), power)
  const special = tf.where(tf.greater(fraction, 0), Number.NaN, Number.POSITIVE_INFINITY)
  const x = tf.where(tf.greater(exponent, exponents), special, finite)
  return { x: tf.where(negative, tf.neg(x), x) }
}
