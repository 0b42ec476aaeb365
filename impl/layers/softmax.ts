import * as tf from '@tensorflow/tfjs-core'

/** Scores less the largest of their sample, the exponentials of that, and the sum of these. */
export function exponentials(z: tf.Tensor) {
  const shifted = tf.sub(z, tf.max(z, 1, true))
  const powers = tf.exp(shifted)
  return { shifted, powers, sums: tf.sum(powers, 1, true) }
}

/** Softmax of the scores of each sample; not tf.softmax, so that one subtraction serves the loss too. */
export function softmax(z: tf.Tensor): tf.Tensor {
  const { powers, sums } = exponentials(z)
  return tf.div(powers, sums)
}

/** What r becomes behind a softmax p: p (r − Σ p r). */
export function throughSoftmax(p: tf.Tensor, r: tf.Tensor): tf.Tensor {
  return tf.mul(p, tf.sub(r, tf.sum(tf.mul(p, r), 1, true)))
}
