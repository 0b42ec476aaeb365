import * as tf from '@tensorflow/tfjs-core'
import { exponentials, softmax } from './softmax.ts'

/**
 * The terms of the cross-entropy of targets with the softmax of scores: t (ln Σ e^(z − m) − (z − m)),
 * m the largest score of the sample. Their sum over a sample is its cross-entropy.
 */
export function crossEntropyTerms(z: tf.Tensor, t: tf.Tensor): tf.Tensor {
  const { shifted, sums } = exponentials(z)
  return tf.mul(t, tf.sub(tf.log(sums), shifted))
}

/** Gradient of the cross-entropy of each sample by its scores: (Σ_c t) softmax(z) − t. */
export function crossEntropyGradient(z: tf.Tensor, t: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(tf.sum(t, 1, true), softmax(z)), t)
}
