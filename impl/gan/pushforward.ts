import * as tf from '@tensorflow/tfjs-core'
import type { pushforward as spec } from '../../spec/gan/pushforward.ts'
import type { Fast } from '../operation.ts'
import { logComplement } from './value-function-logarithms.ts'

const expectation = (weights: tf.Tensor, values: tf.Tensor) =>
  tf.div(tf.sum(tf.mul(weights, values)), tf.sum(weights))

/**
 * Distribution of generated samples, and an expectation over it and over the noise.
 *
 * Clauses    gan.value.pushforward
 * Fast by    a table of which noise is put where, of all points at once
 */
export const pushforward: Fast<typeof spec> = ({ noise, images, logits }, { points }) => {
  const places = tf.expandDims(tf.range(0, points), 1)
  const isThere = tf.equal(places, tf.expandDims(tf.cast(images, 'float32'), 0))
  const weights = tf.tile(tf.expandDims(noise, 0), [points, 1])
  const generated = tf.sum(tf.where(isThere, weights, tf.zerosLike(weights)), 1)
  const phi = logComplement(logits)
  return {
    generated,
    overPoints: expectation(generated, phi),
    overNoise: expectation(noise, tf.gather(phi, tf.cast(images, 'int32'))),
  }
}
