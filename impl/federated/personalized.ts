import * as tf from '@tensorflow/tfjs-core'
import type {
  personalizedObjectiveGradient as gradientSpec,
  personalizedOptimum as optimumSpec,
  personalizedObjective as spec,
} from '../../spec/federated/personalized.ts'
import type { Fast } from '../operation.ts'
import { meanGradients, meanLosses } from './personalized-loss.ts'

/** How far each model is from the mean of all of them. */
const fromMean = (models: tf.Tensor) =>
  tf.sub(models, tf.div(tf.sum(models, 0, true), models.shape[0]!))

/**
 * Objective of personalized models that are pulled to their mean.
 *
 * Clauses    federated.personalized.objective
 * Fast by    one batched product for all clients
 */
export const personalizedObjective: Fast<typeof spec> = (
  { w, b, x, y, counts },
  { weight, loss },
) => {
  const K = w.shape[0]!
  const squares = (models: tf.Tensor) => tf.sum(tf.square(fromMean(models)))
  const penalty = tf.mul(tf.add(squares(w), squares(b)), weight / (2 * K))
  const losses = meanLosses({ w, b }, { x, y, counts, loss })
  return { objective: tf.add(tf.div(tf.sum(losses), K), penalty) }
}

/**
 * Gradients of the objective of personalized models.
 *
 * Clauses    federated.personalized.gradient
 * Fast by    two batched products for all clients; the pulls to the mean by one difference each
 */
export const personalizedObjectiveGradient: Fast<typeof gradientSpec> = (
  { w, b, x, y, counts, dObjective },
  { weight, loss },
) => {
  const own = meanGradients({ w, b }, { x, y, counts, loss })
  const share = tf.div(dObjective, w.shape[0]!)
  const by = (slopes: tf.Tensor, models: tf.Tensor) =>
    tf.mul(tf.add(slopes, tf.mul(fromMean(models), weight)), share)
  return { dw: by(own.w, w), db: by(own.b, b) }
}

/**
 * Optimum of personalized models on separable quadratics.
 *
 * Clauses    federated.personalized.limits
 * Fast by    the closed form, with shares first: products of curvatures and minima may overflow
 */
export const personalizedOptimum: Fast<typeof optimumSpec> = (
  { curvatures, centres },
  { weight },
) => {
  const shares = tf.div(curvatures, tf.add(curvatures, weight))
  const mean = tf.div(tf.sum(tf.mul(shares, centres), 0), tf.sum(shares, 0))
  return { models: tf.add(mean, tf.mul(shares, tf.sub(centres, mean))), mean }
}
