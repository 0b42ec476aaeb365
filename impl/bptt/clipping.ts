import * as tf from '@tensorflow/tfjs-core'
import type { clipByNorm as normSpec, clipByValue as valueSpec } from '../../spec/bptt/clipping.ts'
import { norms } from '../layers/norm.ts'
import type { Fast } from '../operation.ts'

/**
 * Clipping of gradients by their norm.
 *
 * Clauses    bptt.clipping
 * Fast by    one norm of all gradients in a row, and one product each
 */
export const clipByNorm: Fast<typeof normSpec> = ({ dU, dW, db }, { threshold }) => {
  const all = tf.concat([dU, dW, db].map((g) => tf.reshape(g, [g.size])))
  const norm = norms(all, [0])
  const factor = tf.div(1, tf.maximum(1, tf.div(norm, threshold)))
  return { dU: tf.mul(dU, factor), dW: tf.mul(dW, factor), db: tf.mul(db, factor), norm }
}

/**
 * Clipping of gradients by value.
 *
 * Clauses    bptt.clipping
 * Fast by    one kernel of the backend each
 */
export const clipByValue: Fast<typeof valueSpec> = ({ dU, dW, db }, { limit }) => {
  const clipped = (g: tf.Tensor) => tf.clipByValue(g, -limit, limit)
  return { dU: clipped(dU), dW: clipped(dW), db: clipped(db) }
}
