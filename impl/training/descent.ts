import * as tf from '@tensorflow/tfjs-core'
import type {
  quadraticGradient as gradientSpec,
  quadratic as lossSpec,
  descend as spec,
} from '../../spec/training/descent.ts'
import type { Fast } from '../operation.ts'

const column = (x: tf.Tensor) => tf.reshape(x, [-1, 1]) as tf.Tensor2D

const symmetric = (A: tf.Tensor) => tf.mul(tf.add(A, tf.transpose(A)), 0.5) as tf.Tensor2D

/** ½ dᵀ A d for every row d. */
const losses = (rows: tf.Tensor, A: tf.Tensor) =>
  tf.mul(tf.sum(tf.mul(tf.matMul(rows as tf.Tensor2D, A as tf.Tensor2D), rows), 1), 0.5)

/**
 * Quadratic loss.
 *
 * Clauses    training.lr.divergence-threshold
 * Fast by    a matrix product and a dot product
 */
export const quadratic: Fast<typeof lossSpec> = ({ matrix, minimum, x }) => {
  const row = tf.reshape(tf.sub(x, minimum), [1, -1])
  return { loss: tf.reshape(losses(row, matrix), []) }
}

/**
 * Gradients of the quadratic loss.
 *
 * Clauses    training.lr.divergence-threshold
 * Fast by    one matrix product for the parameters, an outer product for the matrix
 */
export const quadraticGradient: Fast<typeof gradientSpec> = ({ matrix, minimum, x, dLoss }) => {
  const d = column(tf.sub(x, minimum))
  const dx = tf.mul(tf.reshape(tf.matMul(symmetric(matrix), d), [-1]), dLoss)
  return {
    dx,
    dMatrix: tf.mul(tf.mul(tf.mul(d, tf.reshape(d, [1, -1])), 0.5), dLoss),
    dMinimum: tf.neg(dx),
  }
}

/**
 * Gradient descent on a quadratic loss.
 *
 * Clauses    training.lr.divergence-threshold, training.lr.transient-decrease, training.lr.too-low
 * Fast by    one matrix product a step; all losses at once in the end
 */
export const descend: Fast<typeof spec> = ({ matrix, minimum, start }, { rate, steps }) => {
  const A = symmetric(matrix)
  const c = column(minimum)
  const points = [column(start)]
  for (let t = 0; t < steps; t++) {
    const x = points[t]!
    points.push(tf.sub(x, tf.mul(tf.matMul(A, tf.sub(x, c)), rate)))
  }
  const trajectory = tf.reshape(tf.stack(points), [steps + 1, -1])
  return { trajectory, losses: losses(tf.sub(trajectory, minimum), matrix) }
}
