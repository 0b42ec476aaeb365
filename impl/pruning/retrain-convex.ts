import * as tf from '@tensorflow/tfjs-core'
import type { retrainRegression as spec } from '../../spec/pruning/retrain-convex.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/**
 * Linear regression without some of its weights, trained on from where it was.
 *
 * Clauses    pruning.iterative-retrain.convex
 * Fast by    two matrix products a step
 */
export const retrainRegression: Fast<typeof spec> = ({ x, y, weights, mask }, { rate, steps }) => {
  const [N, D] = x.shape as [number, number]
  const samples = x as tf.Tensor2D
  const errors = (w: tf.Tensor) =>
    tf.sub(tf.matMul(samples, tf.reshape(w, [D, 1]) as tf.Tensor2D), tf.reshape(y, [N, 1]))
  const loss = (e: tf.Tensor) => tf.reshape(tf.div(tf.sum(tf.square(e)), 2 * N), [1])

  let w = keep(mask, weights)
  let e = errors(w)
  const losses = [loss(e)]
  for (let t = 0; t < steps; t++) {
    const g = tf.reshape(tf.matMul(samples, e as tf.Tensor2D, true), [D])
    w = keep(mask, tf.sub(w, tf.mul(tf.div(g, N), rate)))
    e = errors(w)
    losses.push(loss(e))
  }
  return { weights: w, losses: tf.concat(losses) }
}
