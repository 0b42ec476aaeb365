import * as tf from '@tensorflow/tfjs-core'
import type { networkSensitivity as spec } from '../../spec/pruning/sensitivity-network.ts'
import type { Fast } from '../operation.ts'

type Layer = readonly [weights: tf.Tensor, bias: tf.Tensor]

/**
 * Change of the loss of a network by the removal of each weight.
 *
 * Clauses    pruning.sensitivity.network
 * Fast by    all networks that lack a weight at once, as a stack; those that lack one of the second layer
 *            share their hidden units
 */
export const networkSensitivity: Fast<typeof spec> = (inputs, { outputs }) => {
  const { x, targets, weights1, bias1, weights2, bias2 } = inputs
  const layer = (input: tf.Tensor, [weights, bias]: Layer) =>
    tf.add(tf.matMul(input as tf.Tensor3D, weights as tf.Tensor3D), bias)
  const losses = (h: tf.Tensor, weights: tf.Tensor) => {
    const a = layer(h, [weights, bias2])
    const y = outputs === 'tanh' ? tf.tanh(a) : a
    return tf.div(tf.sum(tf.squaredDifference(y, targets), [1, 2]), x.shape[0]!)
  }
  const samples = tf.expandDims(x, 0)
  const h = tf.tanh(layer(samples, [tf.expandDims(weights1, 0), bias1]))
  const loss = losses(h, tf.expandDims(weights2, 0))
  const fewer = tf.tanh(layer(samples, [lacking(weights1), bias1]))
  const changes = (without: tf.Tensor, shape: number[]) => tf.reshape(tf.sub(without, loss), shape)
  return {
    loss: tf.reshape(loss, []),
    changes1: changes(losses(fewer, tf.expandDims(weights2, 0)), weights1.shape),
    changes2: changes(losses(h, lacking(weights2)), weights2.shape),
  }
}

/** For each weight, all of them with this one at 0, as a stack. */
function lacking(weights: tf.Tensor): tf.Tensor {
  const [rows, columns] = weights.shape as [number, number]
  const left = tf.sub(1, tf.reshape(tf.eye(weights.size), [weights.size, rows, columns]))
  return tf.mul(left, weights)
}
