import * as tf from '@tensorflow/tfjs-core'
import type {
  noisyMean as noisySpec,
  clipUpdates as spec,
} from '../../spec/federated/differential-privacy.ts'
import { norms as normsOf } from '../layers/norm.ts'
import type { Fast } from '../operation.ts'

/** Updates as they are clipped, and their lengths before. */
function clip({ w, b }: Readonly<Record<'w' | 'b', tf.Tensor>>, bound: number) {
  const M = w.shape[0]!
  const all = tf.concat([tf.reshape(w, [M, -1]), tf.reshape(b, [M, -1])], 1)
  const norms = normsOf(all, [1])
  const factors = tf.div(1, tf.maximum(1, tf.div(norms, bound)))
  return {
    w: tf.mul(w, tf.reshape(factors, [M, 1, 1])),
    b: tf.mul(b, tf.reshape(factors, [M, 1])),
    norms,
  }
}

/**
 * Clipping of the updates of clients by their length.
 *
 * Clauses    federated.differential-privacy.clipping
 * Fast by    one norm for each client, over all of its arrays in a row
 */
export const clipUpdates: Fast<typeof spec> = (updates, { bound }) => clip(updates, bound)

/**
 * Mean of clipped updates with noise.
 *
 * Clauses    federated.differential-privacy.noise
 * Fast by    one sum over all clients for each array
 */
export const noisyMean: Fast<typeof noisySpec> = (
  { noiseW, noiseB, ...updates },
  { bound, multiplier },
) => {
  const { w, b } = clip(updates, bound)
  const M = w.shape[0]!
  const mean = (clipped: tf.Tensor, noise: tf.Tensor) =>
    tf.div(tf.add(tf.sum(clipped, 0), tf.mul(noise, multiplier * bound)), M)
  return { w: mean(w, noiseW), b: mean(b, noiseB) }
}
