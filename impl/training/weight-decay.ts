import * as tf from '@tensorflow/tfjs-core'
import type {
  decayedLossGradient as gradientSpec,
  decayedLoss as lossSpec,
  ridge as spec,
} from '../../spec/training/weight-decay.ts'
import type { Fast } from '../operation.ts'

const column = (v: tf.Tensor) => tf.reshape(v, [-1, 1]) as tf.Tensor2D

/** X w − y, as a column. */
const misses = (x: tf.Tensor, w: tf.Tensor, y: tf.Tensor) =>
  tf.sub(tf.matMul(x as tf.Tensor2D, column(w)), column(y)) as tf.Tensor2D

const halfSquares = (v: tf.Tensor) => tf.mul(tf.sum(tf.square(v)), 0.5)

/**
 * Loss of a linear model with weight decay.
 *
 * Clauses    training.overfit.weight-decay-remedy
 * Fast by    one matrix product
 */
export const decayedLoss: Fast<typeof lossSpec> = ({ x, targets, weights }, { decay }) => {
  const trainingError = halfSquares(misses(x, weights, targets))
  const penalty = tf.mul(halfSquares(weights), decay)
  return { loss: tf.add(trainingError, penalty), trainingError }
}

/**
 * Gradients of the loss of a linear model with weight decay.
 *
 * Clauses    training.overfit.weight-decay-remedy
 * Fast by    two matrix products
 */
export const decayedLossGradient: Fast<typeof gradientSpec> = (
  { x, targets, weights, dLoss },
  { decay },
) => {
  const r = misses(x, weights, targets)
  const ofError = tf.reshape(tf.matMul(x as tf.Tensor2D, r, true), [-1])
  return {
    dx: tf.mul(tf.mul(r, weights), dLoss),
    dTargets: tf.neg(tf.mul(tf.reshape(r, [-1]), dLoss)),
    dWeights: tf.mul(tf.add(ofError, tf.mul(weights, decay)), dLoss),
  }
}

/** The solution of M w = b by elimination: each pivot updates all rows below it at once. */
function solve(M: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const D = M.shape[0]
  let system = tf.concat([M, b], 1)
  for (let k = 0; k < D - 1; k++) {
    const pivot = tf.slice(system, [k, k], [1, D + 1 - k])
    const below = tf.slice(system, [k + 1, k], [D - 1 - k, D + 1 - k])
    const factors = tf.div(tf.slice(below, [0, 0], [-1, 1]), tf.slice(pivot, [0, 0], [1, 1]))
    const left = tf.slice(system, [k + 1, 0], [D - 1 - k, k])
    const reduced = tf.sub(below, tf.mul(factors, pivot)) as tf.Tensor2D
    const rows = k === 0 ? reduced : tf.concat([left, reduced], 1)
    system = tf.concat([tf.slice(system, [0, 0], [k + 1, D + 1]), rows])
  }
  let w = tf.div(tf.slice(system, [D - 1, D], [1, 1]), tf.slice(system, [D - 1, D - 1], [1, 1]))
  for (let i = D - 2; i >= 0; i--) {
    const known = tf.matMul(tf.slice(system, [i, i + 1], [1, D - 1 - i]), w as tf.Tensor2D)
    const rest = tf.sub(tf.slice(system, [i, D], [1, 1]), known)
    w = tf.concat([tf.div(rest, tf.slice(system, [i, i], [1, 1])), w])
  }
  return w as tf.Tensor2D
}

/**
 * Ridge regression: a linear model trained to the end with weight decay.
 *
 * Clauses    training.overfit.weight-decay-remedy
 * Fast by    the normal equations, a small system however many samples there are
 */
export const ridge: Fast<typeof spec> = ({ x, targets }, { decay }) => {
  const X = x as tf.Tensor2D
  const D = X.shape[1]
  const M = tf.add(tf.matMul(X, X, true), tf.mul(tf.eye(D), decay)) as tf.Tensor2D
  const weights = tf.reshape(solve(M, tf.matMul(X, column(targets), true)), [D])
  return {
    weights,
    trainingError: halfSquares(misses(x, weights, targets)),
    norm: tf.sum(tf.square(weights)),
  }
}
