import * as tf from '@tensorflow/tfjs-core'
import type { dirichletPartition as spec } from '../../spec/federated/noniid.ts'
import type { Fast } from '../operation.ts'

/** A row for each number, with 1 in its column; a single column is none that tf.oneHot takes. */
function indicators(numbers: tf.Tensor, columns: number): tf.Tensor2D {
  const column = tf.reshape(numbers, [-1, 1])
  return tf.cast(tf.equal(column, tf.range(0, columns)), 'float32') as tf.Tensor2D
}

/**
 * Partition of points by label skew.
 *
 * Clauses    federated.noniid-partition
 * Fast by    running sums of the draws and of the points of each class; a cut is asked for by products,
 *            which are exact where a quotient is not
 */
export const dirichletPartition: Fast<typeof spec> = ({ labels, gammas }, { classes, clients }) => {
  const N = labels.shape[0]!
  const own = tf.cast(labels, 'int32') as tf.Tensor1D
  const isOfClass = indicators(labels, classes)
  const upTo = tf.cumsum(isOfClass, 0)
  const places = tf.sum(tf.mul(upTo, isOfClass), 1, true)
  const points = tf.gather(tf.sum(isOfClass, 0), own)
  const nothing = tf.equal(tf.max(gammas, 1, true), 0)
  const drawn = tf.where(tf.tile(nothing, [1, clients]), tf.onesLike(gammas), gammas)
  const sums = tf.gather(tf.cumsum(drawn, 1), own)
  const whole = tf.slice(sums, [0, clients - 1], [N, 1])
  const isBehind = tf.less(tf.mul(tf.reshape(points, [N, 1]), sums), tf.mul(places, whole))
  // The last sum is the whole, behind which there is no place.
  const owners = tf.sum(tf.cast(isBehind, 'float32'), 1)
  const isOfClient = indicators(owners, clients)
  return { owners, counts: tf.matMul(isOfClass, isOfClient, true) }
}
