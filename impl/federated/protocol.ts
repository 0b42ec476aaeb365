import * as tf from '@tensorflow/tfjs-core'
import type {
  connectivity as connectivitySpec,
  protocol as spec,
} from '../../spec/federated/protocol.ts'
import type { Fast } from '../operation.ts'

/**
 * Messages of rounds, and the models that clients begin with.
 *
 * Clauses    federated.round.protocol, federated.topology.server
 * Fast by    all rounds at once: sums over participants, a running sum for the server’s models, and for what
 *            clients hold a maximum over the rounds up to each
 */
export const protocol: Fast<typeof spec> = ({ participants, replies, server }, { clients }) => {
  const [T, M] = participants.shape as [number, number]
  const there = tf.reshape(server, [T, 1])
  const isClient = tf.equal(tf.expandDims(participants, 2), tf.range(0, clients))
  const asked = tf.mul(tf.cast(isClient, 'float32'), tf.expandDims(there, 2))
  const got = tf.sum(asked, 1)
  const gave = tf.sum(tf.mul(asked, tf.expandDims(replies, 2)), 1)
  const all = (messages: tf.Tensor) => tf.sum(messages, 1, true)
  const made = tf.cast(tf.greater(all(gave), 0), 'float32')
  const version = tf.cumsum(made, 0)
  const before = tf.sub(version, made)
  const begins = tf.sub(tf.mul(tf.add(before, 1), there), 1)
  // A model is newer than all that were sent before, so that the newest is the largest number.
  const sentNow = tf.mul(tf.cast(tf.greater(got, 0), 'float32'), tf.add(before, 1))
  const isBefore = tf.greaterEqual(tf.reshape(tf.range(0, T), [T, 1]), tf.range(0, T))
  const upTo = tf.mul(tf.expandDims(tf.cast(isBefore, 'float32'), 2), tf.expandDims(sentNow, 0))
  return {
    sent: tf.concat([gave, all(got)], 1),
    received: tf.concat([got, all(gave)], 1),
    begins: tf.tile(begins, [1, M]),
    held: tf.sub(tf.max(upTo, 1), 1),
    version: tf.reshape(version, [T]),
  }
}

/**
 * Groups of parties that are left when some fail.
 *
 * Clauses    federated.topology.server
 * Fast by    ways of twice the length by each product
 */
export const connectivity: Fast<typeof connectivitySpec> = ({ graph, failed }) => {
  const K = failed.shape[0]!
  const there = tf.sub(1, failed)
  const both = tf.mul(tf.reshape(there, [K, 1]), there)
  const itself = tf.eye(K)
  const edges = tf.mul(tf.mul(tf.maximum(graph, tf.transpose(graph)), tf.sub(1, itself)), both)
  let connected: tf.Tensor = tf.mul(tf.add(edges, itself), both)
  for (let length = 1; length < K; length *= 2) {
    connected = tf.minimum(tf.matMul(connected as tf.Tensor2D, connected as tf.Tensor2D), 1)
  }
  const isEarlier = tf.greater(tf.reshape(tf.range(0, K), [K, 1]), tf.range(0, K))
  const earlier = tf.max(tf.mul(connected, tf.cast(isEarlier, 'float32')), 1)
  return {
    connected,
    groups: tf.sum(tf.mul(there, tf.sub(1, earlier))),
    load: tf.mul(tf.sum(edges, 1), 2),
  }
}
