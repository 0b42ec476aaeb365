import * as tf from '@tensorflow/tfjs-core'
import type { payoffs as spec } from '../../spec/gan/roles.ts'
import type { Fast } from '../operation.ts'
import { discriminated, generated } from './network.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Payoffs of discriminator and generator.
 *
 * Clauses    gan.roles
 * Fast by    one product a layer for samples of both kinds together
 */
export const payoffs: Fast<typeof spec> = ({ samples, noise, ...networks }, { loss }) => {
  const { x } = generated(networks, noise)
  const { logits } = discriminated(networks, tf.concat([samples, x]))
  const [realLogits, generatedLogits] = tf.split(logits, 2) as [tf.Tensor, tf.Tensor]
  const V = tf.add(tf.mean(logSigmoid(realLogits)), tf.mean(logComplement(generatedLogits)))
  return {
    generated: x,
    realLogits,
    generatedLogits,
    discriminator: V,
    generator: loss === 'saturating' ? tf.neg(V) : tf.mean(logSigmoid(generatedLogits)),
  }
}
