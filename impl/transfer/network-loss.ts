import * as tf from '@tensorflow/tfjs-core'
import { crossEntropyGradient, crossEntropyTerms } from '../layers/cross-entropy.ts'

export type Loss = 'squares' | 'softmax'

export function meanLoss(z: tf.Tensor, t: tf.Tensor, kind: Loss): tf.Tensor {
  const N = z.shape[0]!
  // Each square is halved before they are added, or two of them may overflow whose halves do not.
  if (kind === 'squares') return tf.div(tf.sum(tf.mul(tf.square(tf.sub(z, t)), 0.5)), N)
  return tf.div(tf.sum(crossEntropyTerms(z, t)), N)
}

/** The gradient of the mean loss by the scores. */
export function scoreGradient(z: tf.Tensor, t: tf.Tensor, kind: Loss): tf.Tensor {
  const ofEach = kind === 'squares' ? tf.sub(z, t) : crossEntropyGradient(z, t)
  return tf.div(ofEach, z.shape[0]!)
}
