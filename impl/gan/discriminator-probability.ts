import * as tf from '@tensorflow/tfjs-core'
import type { discriminatorProbability as spec } from '../../spec/gan/discriminator-probability.ts'
import type { Fast } from '../operation.ts'

/**
 * Probability that a sample is real, and that it is not.
 *
 * Clauses    gan.discriminator-probability
 * Fast by    one kernel of the backend for each
 */
export const discriminatorProbability: Fast<typeof spec> = ({ logits }) => ({
  probability: tf.sigmoid(logits),
  complement: tf.sigmoid(tf.neg(logits)),
})
