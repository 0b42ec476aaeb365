import * as tf from '@tensorflow/tfjs-core'
import type {
  metropolisWeights as metropolisSpec,
  gossip as spec,
} from '../../spec/federated/gossip.ts'
import type { Fast } from '../operation.ts'

/**
 * Metropolis weights of a graph of clients.
 *
 * Clauses    federated.topology.metropolis-weights, federated.topology.decentralized
 * Fast by    all pairs at once
 */
export const metropolisWeights: Fast<typeof metropolisSpec> = ({ graph }) => {
  const K = graph.shape[0]!
  const others = tf.sub(1, tf.eye(K))
  const neighbours = tf.mul(tf.maximum(graph, tf.transpose(graph)), others)
  const degrees = tf.sum(neighbours, 1)
  const larger = tf.maximum(tf.reshape(degrees, [K, 1]), tf.reshape(degrees, [1, K]))
  const between = tf.div(neighbours, tf.add(larger, 1))
  const kept = tf.sub(1, tf.sum(between, 1, true))
  return { weights: tf.add(between, tf.mul(tf.eye(K), kept)) }
}

/**
 * Rounds of gossip averaging.
 *
 * Clauses    federated.topology.decentralized
 * Fast by    one matrix product a round, of all numbers of all models
 */
export const gossip: Fast<typeof spec> = ({ weights, w, b }, { rounds }) => {
  const K = w.shape[0]!
  const all = (start: tf.Tensor) => {
    const states = [tf.reshape(start, [K, -1]) as tf.Tensor2D]
    for (let t = 0; t < rounds; t++) states.push(tf.matMul(weights as tf.Tensor2D, states[t]!))
    return tf.reshape(tf.stack(states.slice(1)), [rounds, ...start.shape])
  }
  return { w: all(w), b: all(b) }
}
