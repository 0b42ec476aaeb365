import * as tf from '@tensorflow/tfjs-core'
import type {
  networkOfUnits as networkSpec,
  removeUnit as removeSpec,
  unitScores as spec,
} from '../../spec/pruning/unit.ts'
import { count } from '../layers/counts.ts'
import { dense } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/**
 * Scores of units: sums of the magnitudes of their incoming weights.
 *
 * Clauses    pruning.unit-score
 * Fast by    one sum over rows
 */
export const unitScores: Fast<typeof spec> = ({ weights, threshold }) => {
  const scores = tf.sum(tf.abs(weights), 0)
  return { scores, kept: tf.cast(tf.greaterEqual(scores, threshold), 'float32') }
}

/**
 * Network with one hidden layer, some of its units switched off.
 *
 * Clauses    pruning.neuron
 * Fast by    two matrix products
 */
export const networkOfUnits: Fast<typeof networkSpec> = ({
  x,
  weights1,
  bias1,
  weights2,
  bias2,
  units,
}) => {
  const activations = tf.relu(dense(x, weights1, bias1))
  const hidden = keep(tf.broadcastTo(units, activations.shape), activations)
  return { hidden, y: dense(hidden, weights2, bias2) }
}

/** An array without one of its slices along an axis. */
function without(values: tf.Tensor, axis: number, at: number): tf.Tensor {
  const { shape } = values
  const zeros = shape.map(() => 0)
  const before = tf.slice(values, zeros, shape.with(axis, at))
  const after = tf.slice(values, zeros.with(axis, at + 1), shape.with(axis, shape[axis]! - at - 1))
  return tf.concat([before, after], axis)
}

/**
 * Network without one hidden unit.
 *
 * Clauses    pruning.neuron
 * Fast by    two slices of each array, one behind the other
 */
export const removeUnit: Fast<typeof removeSpec> = ({ weights1, bias1, weights2 }, { unit }) => ({
  weights1: without(weights1, 1, unit),
  bias1: without(bias1, 0, unit),
  weights2: without(weights2, 0, unit),
  saved: count(weights1.shape[0]! + 1 + weights2.shape[1]!),
})
