import * as tf from '@tensorflow/tfjs-core'
import type { bestReplies as spec } from '../../spec/gan/minimax.ts'
import type { Fast } from '../operation.ts'
import { largestValue, shares } from './optimal-discriminator.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Value after the best reply of the generator, and after that of the discriminator.
 *
 * Clauses    gan.minimax
 * Fast by    the largest logit, of which alone the second logarithm is taken
 */
export const bestReplies: Fast<typeof spec> = ({ logits, data, generated }) => {
  const [p, q] = [shares(data), shares(generated)]
  return {
    least: tf.add(tf.sum(tf.mul(p, logSigmoid(logits))), logComplement(tf.max(logits))),
    largest: largestValue(p, q),
  }
}
