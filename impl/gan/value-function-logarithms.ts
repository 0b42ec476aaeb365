import * as tf from '@tensorflow/tfjs-core'

/** ln σ(a) = min(a, 0) − ln(1 + e^−|a|), the same for either sign of the logit. */
export function logSigmoid(a: tf.Tensor): tf.Tensor {
  return tf.sub(tf.minimum(a, 0), tf.log1p(tf.exp(tf.neg(tf.abs(a)))))
}

/** ln(1 − σ(a)) */
export const logComplement = (a: tf.Tensor) => logSigmoid(tf.neg(a))
