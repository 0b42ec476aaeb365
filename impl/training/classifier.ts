import * as tf from '@tensorflow/tfjs-core'
import type { diagnoseRate as spec } from '../../spec/training/classifier.ts'
import type { Fast } from '../operation.ts'

/**
 * Diagnosis of the learning rate from a curve of losses.
 *
 * Clauses    training.lr.classifier
 * Fast by    all conditions at once, on the device
 */
export const diagnoseRate: Fast<typeof spec> = ({ losses }, { growth, progress }) => {
  const T = losses.shape[0]!
  const at = (t: number) => tf.reshape(tf.slice(losses, t, 1), [])
  const [first, previous, last] = [at(0), at(T - 2), at(T - 1)]

  const finite = tf.all(tf.isFinite(losses))
  const grown = tf.greater(last, tf.mul(first, growth))
  const slow = tf.less(tf.sub(first, last), tf.mul(first, progress))
  const never = tf.all(tf.lessEqual(tf.slice(losses, 1, T - 1), tf.slice(losses, 0, T - 1)))
  const tooLow = tf.logicalAnd(slow, never)
  const good = tf.logicalAnd(tf.logicalNot(slow), tf.less(last, previous))

  const falling = tf.where(tooLow, tf.scalar(1), tf.where(good, tf.scalar(2), tf.scalar(3)))
  const diverging = tf.logicalOr(tf.logicalNot(finite), grown)
  return { diagnosis: tf.where(diverging, tf.scalar(0), falling) }
}
