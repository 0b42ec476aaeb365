import * as tf from '@tensorflow/tfjs-core'
import type { clientSampling as spec } from '../../spec/federated/client-sampling.ts'
import type { Fast } from '../operation.ts'

/**
 * Sampling of clients without replacement.
 *
 * Clauses    federated.client-sampling
 * Fast by    the ranks of all clients at once, and the largest of what is left of them
 */
export const clientSampling: Fast<typeof spec> = ({ draws }, { clients, rate }) => {
  // A product may round past the whole number that it stands for, to either side.
  let m = Math.max(1, Math.ceil(clients * rate) - 1)
  while (m / clients < rate) m++

  const index = tf.range(0, clients, 1, 'float32')
  const [own, others] = [tf.expandDims(draws, 1), tf.expandDims(draws, 0)]
  const earlier = tf.less(tf.expandDims(index, 0), tf.expandDims(index, 1))
  const before = tf.logicalOr(tf.less(others, own), tf.logicalAnd(tf.equal(others, own), earlier))
  const rank = tf.sum(tf.cast(before, 'float32'), 1)
  const fromEnd = tf.sub(clients, index)
  const chosen = tf.where(tf.less(rank, m), fromEnd, tf.zerosLike(fromEnd))
  return { participants: tf.sub(clients, tf.topk(chosen, m).values) }
}
