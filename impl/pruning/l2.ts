import * as tf from '@tensorflow/tfjs-core'
import type {
  l2PenaltyGradient as gradientSpec,
  l2Minimum as minimumSpec,
  l2Penalty as spec,
  l2Step as stepSpec,
} from '../../spec/pruning/l2.ts'
import type { Fast } from '../operation.ts'

/**
 * Quadratic penalty of the weights of a network.
 *
 * Clauses    pruning.l2.penalty
 * Fast by    one sum for each layer
 */
export const l2Penalty: Fast<typeof spec> = ({ weights1, weights2 }, { decay }) => {
  const squares = tf.add(tf.sum(tf.square(weights1)), tf.sum(tf.square(weights2)))
  return { penalty: tf.mul(squares, decay / 2) }
}

/**
 * Gradients of the quadratic penalty of the weights of a network.
 *
 * Clauses    pruning.l2.gradient
 * Fast by    one factor for all weights
 */
export const l2PenaltyGradient: Fast<typeof gradientSpec> = (
  { weights1, weights2, dPenalty },
  { decay },
) => {
  const factor = tf.mul(dPenalty, decay)
  return { dWeights1: tf.mul(weights1, factor), dWeights2: tf.mul(weights2, factor) }
}

/**
 * Step of gradient descent with a quadratic penalty.
 *
 * Clauses    pruning.l2.gradient
 * Fast by    all weights at once
 */
export const l2Step: Fast<typeof stepSpec> = ({ weights, gradient }, { rate, decay }) => {
  const whole = tf.add(gradient, tf.mul(weights, decay))
  return { weights: tf.sub(weights, tf.mul(whole, rate)) }
}

/**
 * Minimum of a separable quadratic loss with a quadratic penalty.
 *
 * Clauses    pruning.l2.shrinkage
 * Fast by    the closed form, with the share first: the product of curvature and weight may overflow
 */
export const l2Minimum: Fast<typeof minimumSpec> = ({ trained, curvature }, { decay }) => ({
  weights: tf.mul(tf.div(curvature, tf.add(curvature, decay)), trained),
})
