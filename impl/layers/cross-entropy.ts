import * as tf from '@tensorflow/tfjs-core'
import { isTensorflowOnCpu } from './host.ts'
import { distributionOf, softmax } from './softmax.ts'
import { calledDirectly } from './tensorflow-calls.ts'

/** The surprise at each class of each sample: ln Σ e^(z − m) − (z − m), m the largest score of the sample. */
export function surprises(z: tf.Tensor): tf.Tensor {
  return tf.neg(distributionOf(z).logs)
}

/**
 * The terms of the cross-entropy of targets with the softmax of scores: targets times surprises. Their sum
 * over a sample is its cross-entropy. What should not be counts for nothing, even where it cannot be.
 */
export function crossEntropyTerms(z: tf.Tensor, t: tf.Tensor): tf.Tensor {
  return productOrZero(t, surprises(z))
}

/** a b, which is 0 where a is, whatever b is; both of one shape. */
function productOrZero(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return isTensorflowOnCpu() ? productByTensorflow(a, b) : unlessZero(a, tf.mul(a, b))
}

const unlessZero = (a: tf.Tensor, x: tf.Tensor) => tf.where(tf.equal(a, 0), tf.zerosLike(a), x)

/** The operation of TensorFlow for it, which its packages do not call. */
const productByTensorflow = tf.customGrad((...given) => {
  const [a, b, save] = given as unknown as [tf.Tensor, tf.Tensor, tf.GradSaveFunc]
  save([a, b])
  return {
    value: calledDirectly('MulNoNan', b, a),
    gradFunc: (dy: tf.Tensor, [a, b]: tf.Tensor[]) => [
      unlessZero(a!, tf.mul(dy, b!)),
      tf.mul(dy, a!),
    ],
  }
}) as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor

/** Gradient of the cross-entropy of each sample by its scores: (Σ_c t) softmax(z) − t. */
export function crossEntropyGradient(z: tf.Tensor, t: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(tf.sum(t, 1, true), softmax(z)), t)
}
