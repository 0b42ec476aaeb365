import * as tf from '@tensorflow/tfjs-core'
import type { sphericalInterpolate as spec } from '../../spec/gan/latent-spherical.ts'
import { norms } from '../layers/norm.ts'
import type { Fast } from '../operation.ts'

/**
 * The least cosine of half an angle that tells a way: the square of a smaller one is less than a rounding of the cosine
 * of the angle, 2⁻²⁴, so that in single precision the directions may be opposite.
 */
const leastCosine = 2 ** -12

/**
 * Points on a great circle between two noise vectors.
 *
 * Clauses    gan.latent-interpolation.spherical
 * Fast by    all points in between at once, halving by halving. The cosine of half the angle is half the length of the sum
 *            of both directions, which keeps its digits where they are nearly opposite
 */
export const sphericalInterpolate: Fast<typeof spec> = ({ start, end }, { halvings }) => {
  const [length, other] = [norms(start, [0]), norms(end, [0])]
  const direction = (z: tf.Tensor, size: tf.Tensor) =>
    tf.div(z, tf.where(tf.greater(size, 0), size, tf.onesLike(size)))
  const both = tf.add(direction(start, length), direction(end, other))
  const cosine = tf.mul(0.5, norms(both, [0]))
  const some = tf.logicalAnd(tf.greater(length, 0), tf.greater(other, 0))
  const hasAngle = tf.logicalAnd(some, tf.greater(cosine, leastCosine))
  let c: tf.Tensor = tf.where(hasAngle, cosine, tf.onesLike(cosine))
  let points: tf.Tensor = tf.stack([start, end])
  for (let h = 0; h < halvings; h++) {
    if (h > 0) c = tf.where(hasAngle, tf.sqrt(tf.mul(0.5, tf.add(1, c))), c)
    points = withMiddles(points, tf.mul(2, c))
  }
  return { noise: points }
}

/** The rows of an array, and in between of each two their sum over a divisor. */
function withMiddles(points: tf.Tensor, divisor: tf.Tensor): tf.Tensor {
  const [rows, Z] = points.shape as [number, number]
  const first = tf.slice(points, [0, 0], [rows - 1, Z])
  const middles = tf.div(tf.add(first, tf.slice(points, [1, 0], [rows - 1, Z])), divisor)
  const pairs = tf.reshape(tf.stack([first, middles], 1), [2 * rows - 2, Z])
  return tf.concat([pairs, tf.slice(points, [rows - 1, 0], [1, Z])])
}
