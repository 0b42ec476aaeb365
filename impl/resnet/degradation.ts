import * as tf from '@tensorflow/tfjs-core'
import type { chainDescent as spec } from '../../spec/resnet/degradation.ts'
import type { Fast } from '../operation.ts'

/**
 * A step of gradient descent on a chain of scalar layers.
 *
 * Clauses    resnet.degradation.identity-construction
 * Fast by    all products without one layer at once, along a matrix with ones on its diagonal
 */
export const chainDescent: Fast<typeof spec> = ({ weights }, { shortcut, target, rate }) => {
  const identity = tf.eye(weights.shape[0]!)
  const factorsOf = (w: tf.Tensor) => (shortcut === 'identity' ? tf.add(w, 1) : w)
  const distance = (factors: tf.Tensor) => tf.sub(tf.prod(factors), target)
  const loss = (factors: tf.Tensor) => tf.mul(tf.square(distance(factors)), 0.5)

  const factors = factorsOf(weights)
  const others = tf.prod(tf.where(tf.equal(identity, 1), identity, factors), 1)
  const gradient = tf.mul(distance(factors), others)
  const next = factorsOf(tf.sub(weights, tf.mul(gradient, rate)))
  return { gradient, losses: tf.stack([loss(factors), loss(next)]) }
}
