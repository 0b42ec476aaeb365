import * as tf from '@tensorflow/tfjs-core'
import type {
  hessianSize as sizeSpec,
  networkCurvature as spec,
} from '../../spec/pruning/obd-network.ts'
import { count } from '../layers/counts.ts'
import { denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Fast } from '../operation.ts'
import { forward } from './obd-network-forward.ts'

/**
 * Second derivatives of the loss by each parameter of a network.
 *
 * Clauses    pruning.obd.second-derivatives
 * Fast by    the matrix products of a gradient, with squared weights and squared inputs
 */
export const networkCurvature: Fast<typeof spec> = (inputs, { method, outputs }) => {
  const { x, targets, weights2 } = inputs
  const { h, y } = forward(inputs, outputs)
  const N = x.shape[0]!
  const bend = (v: tf.Tensor, slope: tf.Tensor) => tf.mul(tf.mul(v, -2), slope)
  const error = tf.sub(y, targets)
  const slope = outputs === 'linear' ? tf.onesLike(y) : tanhSlope(y)
  const hiddenSlope = tanhSlope(h)

  let q = tf.square(slope)
  if (method === 'exact' && outputs === 'tanh') q = tf.add(q, tf.mul(error, bend(y, slope)))
  q = tf.mul(q, 2 / N)
  let hidden = tf.mul(tf.square(hiddenSlope), denseInputGradient(tf.square(weights2), q))
  if (method === 'exact') {
    const g = tf.mul(tf.mul(error, slope), 2 / N)
    hidden = tf.add(hidden, tf.mul(bend(h, hiddenSlope), denseInputGradient(weights2, g)))
  }
  return {
    loss: tf.div(tf.sum(tf.square(error)), N),
    weights1: denseWeightGradient(tf.square(x), hidden),
    bias1: tf.sum(hidden, 0),
    weights2: denseWeightGradient(tf.square(h), q),
    bias2: tf.sum(q, 0),
  }
}

/**
 * Numbers of second derivatives of a loss.
 *
 * Clauses    pruning.obd.hessian-cost
 * Fast by    nothing: three counts
 */
export const hessianSize: Fast<typeof sizeSpec> = (_, { parameters }) => ({
  entries: count(parameters ** 2),
  distinct: count((parameters * (parameters + 1)) / 2),
  diagonal: count(parameters),
})
