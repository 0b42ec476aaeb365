import * as tf from '@tensorflow/tfjs-core'
import type {
  groupPenaltyGradient as gradientSpec,
  groupPenalty as spec,
  groupStep as stepSpec,
} from '../../spec/pruning/group.ts'
import type { Fast } from '../operation.ts'

/** The norm of every row, as a column. */
const norms = (weights: tf.Tensor) => tf.sqrt(tf.sum(tf.square(weights), 1, true))

const scaleOf = (weights: tf.Tensor, penalty: number) => penalty * Math.sqrt(weights.shape[1]!)

/** Rows divided by their norms; 0 where a row is all zeros, whose norm would divide 0 by 0. */
function directions(weights: tf.Tensor, norm: tf.Tensor): tf.Tensor {
  const safe = tf.where(tf.greater(norm, 0), norm, tf.onesLike(norm))
  return tf.div(weights, safe)
}

/**
 * Penalty of the norms of groups of weights.
 *
 * Clauses    pruning.group-l2.penalty, pruning.group-l2.contrast
 * Fast by    all norms at once
 */
export const groupPenalty: Fast<typeof spec> = ({ weights }, { penalty }) => ({
  value: tf.mul(tf.sum(norms(weights)), scaleOf(weights, penalty)),
})

/**
 * Gradient of the penalty of the norms of groups of weights.
 *
 * Clauses    pruning.group-l2.penalty
 * Fast by    all directions at once
 */
export const groupPenaltyGradient: Fast<typeof gradientSpec> = (
  { weights, dValue },
  { penalty },
) => ({
  dWeights: tf.mul(directions(weights, norms(weights)), tf.mul(dValue, scaleOf(weights, penalty))),
})

/**
 * Proximal step of the penalty of the norms of groups: block soft threshold.
 *
 * Clauses    pruning.group-l2.penalty
 * Fast by    the direction of every group, times what is left of its norm
 */
export const groupStep: Fast<typeof stepSpec> = ({ weights }, { penalty }) => {
  const norm = norms(weights)
  const left = tf.relu(tf.sub(norm, scaleOf(weights, penalty)))
  return { weights: tf.mul(directions(weights, norm), left) }
}
