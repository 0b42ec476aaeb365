import * as tf from '@tensorflow/tfjs-core'
import type { stepsToShrink as spec } from '../../spec/training/too-low.ts'
import type { Fast } from '../operation.ts'

/**
 * Steps until the distance from the minimum has shrunk.
 *
 * Clauses    training.lr.too-low
 * Fast by    a quotient of two logarithms instead of taking the steps
 */
export const stepsToShrink: Fast<typeof spec> = (_, { rate, curvature, shrink }) => {
  const left = tf.sub(1, tf.mul(tf.scalar(rate), curvature))
  const exact = tf.div(tf.log(shrink), tf.log(left))
  return { steps: tf.ceil(exact), exact }
}
