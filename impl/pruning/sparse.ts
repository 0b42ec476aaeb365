import * as tf from '@tensorflow/tfjs-core'
import type { twoOfFour as fourSpec, compressedRows as spec } from '../../spec/pruning/sparse.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/**
 * Compressed sparse rows of a pruned matrix, and what they take.
 *
 * Clauses    pruning.unstructured
 * Fast by    a running count of what is not 0, which is the place of each such element; zeros all go to
 *            a place behind the last, which is cut off
 */
export const compressedRows: Fast<typeof spec> = ({ weights }, { valueBits, indexBits }) => {
  const [D, M] = weights.shape as [number, number]
  const E = D * M
  const flat = tf.reshape(weights, [E]) as tf.Tensor1D
  const present = tf.cast(tf.notEqual(flat, 0), 'float32')
  const before = tf.cumsum(present, 0, true)
  const place = tf.where(tf.greater(present, 0), before, tf.fill([E], E))
  const at = tf.cast(tf.reshape(place, [E, 1]), 'int32')
  const packed = (values: tf.Tensor) =>
    tf.slice(tf.scatterND(at, tf.mul(values, present), [E + 1]), [0], [E])
  const column = tf.reshape(tf.broadcastTo(tf.range(0, M), [D, M]), [E])
  const inRows = tf.sum(tf.reshape(present, [D, M]), 1)
  const starts = tf.concat([tf.zeros([1]), tf.cumsum(inRows)])
  const n = tf.sum(present)
  return {
    values: packed(flat),
    columns: packed(column),
    starts,
    denseBits: count(E * valueBits),
    sparseBits: tf.add(tf.mul(n, valueBits + indexBits), (D + 1) * indexBits),
  }
}

/**
 * Pruning of two weights of every four, and what is stored of the others.
 *
 * Clauses    pruning.unstructured
 * Fast by    the rank of each magnitude among its four, by comparing all pairs of a group at once
 */
export const twoOfFour: Fast<typeof fourSpec> = ({ weights }) => {
  const [D, G] = weights.shape as [number, number, number]
  const size = tf.abs(weights)
  const own = tf.reshape(size, [D, G, 4, 1])
  const other = tf.reshape(size, [D, G, 1, 4])
  const places = tf.range(0, 4)
  const earlier = tf.less(tf.reshape(places, [1, 4]), tf.reshape(places, [4, 1]))
  const tied = tf.logicalAnd(tf.equal(other, own), tf.broadcastTo(earlier, [D, G, 4, 4]))
  const rank = tf.sum(tf.cast(tf.logicalOr(tf.less(other, own), tied), 'float32'), 3)
  const mask = tf.cast(tf.greaterEqual(rank, 2), 'float32')
  const order = tf.cumsum(mask, 2)
  /** Of each four, what belongs to the first weight that is left, or to the second. */
  const chosen = (values: tf.Tensor, which: number) => {
    const isIt = tf.mul(mask, tf.cast(tf.equal(order, which), 'float32'))
    return tf.sum(keep(isIt, values), 2, true)
  }
  const place = tf.broadcastTo(tf.reshape(places, [1, 1, 4]), [D, G, 4])
  return {
    pruned: keep(mask, weights),
    values: tf.concat([chosen(weights, 1), chosen(weights, 2)], 2),
    places: tf.concat([chosen(place, 1), chosen(place, 2)], 2),
  }
}
