import * as tf from '@tensorflow/tfjs-core'
import type { averagedNetwork as spec } from '../../spec/federated/broadcast-init.ts'
import type { Fast } from '../operation.ts'
import { weightedMean } from './client-update-model.ts'

/**
 * Answers of networks, and of the one that their parameters average to.
 *
 * Clauses    federated.broadcast-init
 * Fast by    the mean as one network more: two products for all
 */
export const averagedNetwork: Fast<typeof spec> = (inputs) => {
  const { x, counts } = inputs
  const M = counts.shape[0]!
  const withMean = (theta: tf.Tensor) =>
    tf.concat([theta, tf.expandDims(weightedMean(theta, counts), 0)])
  const points = tf.tile(tf.expandDims(x, 0), [M + 1, 1, 1])
  const layer = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
    tf.add(tf.matMul(x as tf.Tensor3D, withMean(w) as tf.Tensor3D), tf.expandDims(withMean(b), 1))
  const units = tf.relu(layer(points, inputs.hidden, inputs.hiddenBias))
  const [each, averaged] = tf.split(layer(units, inputs.output, inputs.outputBias), [M, 1])
  return { each: each!, averaged: tf.squeeze(averaged!, [0]) }
}
