import * as tf from '@tensorflow/tfjs-core'
import type { l1Minimum as spec, l1Step as stepSpec } from '../../spec/pruning/l1.ts'
import type { Fast } from '../operation.ts'

/** Soft threshold: what is beyond the threshold on either side. */
function softThreshold(z: tf.Tensor, tau: number): tf.Tensor {
  return tf.sub(tf.relu(tf.sub(z, tau)), tf.relu(tf.sub(tf.neg(z), tau)))
}

/**
 * Minimum of a separable quadratic loss with a penalty of magnitudes.
 *
 * Clauses    pruning.l1.exact-zeros
 * Fast by    two rectifiers
 */
export const l1Minimum: Fast<typeof spec> = ({ trained }, { curvature, penalty }) => ({
  weights: softThreshold(trained, penalty / curvature),
})

/**
 * Proximal step of gradient descent with a penalty of magnitudes.
 *
 * Clauses    pruning.l1.exact-zeros
 * Fast by    two rectifiers
 */
export const l1Step: Fast<typeof stepSpec> = ({ weights, gradient }, { rate, penalty }) => ({
  weights: softThreshold(tf.sub(weights, tf.mul(gradient, rate)), rate * penalty),
})
