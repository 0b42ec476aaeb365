import * as tf from '@tensorflow/tfjs-core'
import type {
  criticLossGradient as gradientSpec,
  lineDistance as lineSpec,
  sampleDistance as sampleSpec,
  criticLoss as spec,
} from '../../spec/gan/wgan-critic-loss.ts'
import type { Fast } from '../operation.ts'

/**
 * Losses of a critic and of the generator that it judges.
 *
 * Clauses    gan.wgan.critic-loss
 * Fast by    two means, of which all three are made
 */
export const criticLoss: Fast<typeof spec> = ({ real, generated }) => {
  const [ofReal, ofGenerated] = [tf.mean(real), tf.mean(generated)]
  return {
    estimate: tf.sub(ofReal, ofGenerated),
    critic: tf.sub(ofGenerated, ofReal),
    generator: tf.neg(ofGenerated),
  }
}

/**
 * Gradients of the losses of a critic and of its generator.
 *
 * Clauses    gan.wgan.critic-loss
 * Fast by    one number each, for all samples
 */
export const criticLossGradient: Fast<typeof gradientSpec> = ({
  real,
  dEstimate,
  dCritic,
  dGenerator,
}) => {
  const m = real.shape[0]!
  const byReal = tf.sub(dEstimate, dCritic)
  const forAll = (slope: tf.Tensor) => tf.tile(tf.reshape(tf.div(slope, m), [1]), [m])
  return { dReal: forAll(byReal), dGenerated: forAll(tf.neg(tf.add(byReal, dGenerator))) }
}

/** Numbers from the largest to the smallest, and where each was. */
const descending = (numbers: tf.Tensor) => tf.topk(numbers as tf.Tensor1D, numbers.size)

/**
 * Wasserstein distance of two batches of numbers.
 *
 * Clauses    gan.wgan.critic-loss
 * Fast by    sorting both batches
 */
export const sampleDistance: Fast<typeof sampleSpec> = ({ real, generated }) => ({
  distance: tf.mean(tf.abs(tf.sub(descending(real).values, descending(generated).values))),
})

/**
 * Wasserstein distance of two distributions on a line.
 *
 * Clauses    gan.wgan.critic-loss
 * Fast by    sorting all points once, from the right, and adding up their masses with opposite signs: points at the
 *            same place have no gap between them, so that they need not be found
 */
export const lineDistance: Fast<typeof lineSpec> = ({
  places,
  data,
  generatedPlaces,
  generated,
}) => {
  const shares = (masses: tf.Tensor) => tf.div(masses, tf.sum(masses))
  const masses = tf.concat([shares(data), tf.neg(shares(generated))])
  const { values, indices } = descending(tf.concat([places, generatedPlaces]))
  const gaps = values.size - 1
  const between = tf.cumsum(tf.gather(masses, indices as tf.Tensor1D))
  const widths = tf.sub(tf.slice(values, 0, gaps), tf.slice(values, 1, gaps))
  return { distance: tf.sum(tf.mul(tf.abs(tf.slice(between, 0, gaps)), widths)) }
}
