import * as tf from '@tensorflow/tfjs-core'
import type {
  localFixedPoint as pointSpec,
  quadraticRounds as roundsSpec,
  quadraticOptima as spec,
} from '../../spec/federated/quadratics.ts'
import type { Fast } from '../operation.ts'

/** The mean over clients, with weights that need not add up to 1. */
const mean = (weights: tf.Tensor, values: tf.Tensor) =>
  tf.div(tf.sum(tf.mul(weights, values), 0), tf.sum(weights, 0))

/**
 * Minimum of the mean of quadratic losses, and mean of their minima.
 *
 * Clauses    federated.solution-is-not-average-of-optima
 * Fast by    sums over clients of all parameters at once
 */
export const quadraticOptima: Fast<typeof spec> = ({ h, c, weights }) => {
  const p = tf.expandDims(weights, 1)
  return { optimum: mean(tf.mul(p, h), c), average: mean(p, c) }
}

/**
 * FedAvg of all clients on quadratic losses.
 *
 * Clauses    federated.convergence.iid, federated.convergence.noniid-bias
 * Fast by    a step of all clients and parameters at once
 */
export const quadraticRounds: Fast<typeof roundsSpec> = (
  { h, c, weights, start },
  { rate, localSteps, rounds },
) => {
  const p = tf.expandDims(weights, 1)
  const shares = tf.mul(h, rate)
  let theta = start
  const after: tf.Tensor[] = []
  for (let t = 0; t < rounds; t++) {
    let own: tf.Tensor = tf.tile(tf.expandDims(theta, 0), [h.shape[0]!, 1])
    for (let l = 0; l < localSteps; l++) own = tf.sub(own, tf.mul(shares, tf.sub(own, c)))
    theta = mean(p, own)
    after.push(theta)
  }
  return { trajectory: tf.stack(after) }
}

/**
 * Fixed point of rounds of local steps on quadratic losses.
 *
 * Clauses    federated.convergence.noniid-bias
 * Fast by    powers of all clients and parameters at once, by squaring
 */
export const localFixedPoint: Fast<typeof pointSpec> = (
  { h, c, weights },
  { rate, localSteps },
) => {
  let square = tf.sub(1, tf.mul(h, rate))
  let power: tf.Tensor = tf.onesLike(square)
  for (let left = localSteps; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = tf.mul(power, square)
    square = tf.square(square)
  }
  return { point: mean(tf.mul(tf.expandDims(weights, 1), tf.sub(1, power)), c) }
}
