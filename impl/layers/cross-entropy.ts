import * as tf from '@tensorflow/tfjs-core'
import { exponentials, softmax } from './softmax.ts'

/** The surprise at each class of each sample: ln Σ e^(z − m) − (z − m), m the largest score of the sample. */
export function surprises(z: tf.Tensor): tf.Tensor {
  const { shifted, sums } = exponentials(z)
  return tf.sub(tf.log(sums), shifted)
}

/**
 * The terms of the cross-entropy of targets with the softmax of scores: targets times surprises. Their sum
 * over a sample is its cross-entropy. What should not be counts for nothing, even where it cannot be.
 */
export function crossEntropyTerms(z: tf.Tensor, t: tf.Tensor): tf.Tensor {
  return tf.where(tf.equal(t, 0), tf.zerosLike(t), tf.mul(t, surprises(z)))
}

/** Gradient of the cross-entropy of each sample by its scores: (Σ_c t) softmax(z) − t. */
export function crossEntropyGradient(z: tf.Tensor, t: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(tf.sum(t, 1, true), softmax(z)), t)
}
