import * as tf from '@tensorflow/tfjs-core'
import type { freezeStep as spec } from '../../spec/transfer/freeze.ts'
import type { Fast } from '../operation.ts'

export interface Optimizer {
  readonly rate: number
  readonly momentum: number
  readonly decay: number
}

/** The step of all parameters of an array, none of them frozen. */
export function move(
  theta: tf.Tensor,
  gradient: tf.Tensor,
  velocity: tf.Tensor | undefined,
  { rate, momentum, decay }: Optimizer,
) {
  const decayed = tf.add(gradient, tf.mul(theta, decay))
  const v = velocity ? tf.add(tf.mul(velocity, momentum), decayed) : decayed
  return { theta: tf.sub(theta, tf.mul(v, rate)), velocity: v }
}

/**
 * Step of stochastic gradient descent with frozen parameters.
 *
 * Clauses    transfer.freeze
 * Fast by    the step of all at once, of which a selection, not a product, keeps the frozen ones:
 *            0 times NaN would be NaN
 */
export const freezeStep: Fast<typeof spec> = (
  { parameters, gradient, velocity, frozen },
  optimizer,
) => {
  const moved = move(parameters, gradient, velocity, optimizer)
  const keep = tf.greater(frozen, 0)
  return {
    parameters: tf.where(keep, parameters, moved.theta),
    velocity: tf.where(keep, velocity, moved.velocity),
  }
}
