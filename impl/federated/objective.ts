import * as tf from '@tensorflow/tfjs-core'
import type {
  objective as objectiveSpec,
  sizes as sizesSpec,
} from '../../spec/federated/objective.ts'
import type { Fast } from '../operation.ts'

/**
 * Points of clients, and their shares.
 *
 * Clauses    federated.sizes
 * Fast by    sums along clients and points
 */
export const sizes: Fast<typeof sizesSpec> = ({ holds }) => {
  const counts = tf.sum(holds, 1)
  const total = tf.sum(counts)
  return {
    counts,
    total,
    different: tf.sum(tf.max(holds, 0)),
    shares: tf.div(counts, tf.maximum(total, 1)),
  }
}

/**
 * Loss of each client, and of all.
 *
 * Clauses    federated.objective, federated.objective.pooled-erm
 * Fast by    one product for the outputs of all points, of which a selection keeps those that there are
 */
export const objective: Fast<typeof objectiveSpec> = ({ w, b, x, y, counts }, { loss }) => {
  const [K, N, I] = x.shape as [number, number, number]
  const O = b.shape[0]!
  const z = tf.add(tf.matMul(tf.reshape(x, [K * N, I]) as tf.Tensor2D, w as tf.Tensor2D), b)
  const targets = tf.reshape(y, [K * N, O])
  const each = tf.reshape(loss === 'squares' ? halfSquares(z, targets) : surprise(z, targets), [
    K,
    N,
  ])
  const there = tf.less(tf.expandDims(tf.range(0, N, 1, 'float32'), 0), tf.expandDims(counts, 1))
  const sums = tf.sum(tf.where(there, each, tf.zerosLike(each)), 1)
  return {
    clientLosses: tf.div(sums, tf.maximum(counts, 1)),
    loss: tf.div(tf.sum(sums), tf.sum(counts)),
  }
}

const halfSquares = (z: tf.Tensor, y: tf.Tensor) => tf.mul(tf.sum(tf.square(tf.sub(z, y)), 1), 0.5)

/** Targets times the negative logarithms of their probabilities; a target of 0 counts for nothing. */
function surprise(z: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const shifted = tf.sub(z, tf.max(z, 1, true))
  const logarithms = tf.sub(tf.log(tf.sum(tf.exp(shifted), 1, true)), shifted)
  return tf.sum(tf.where(tf.equal(y, 0), tf.zerosLike(y), tf.mul(y, logarithms)), 1)
}
