import * as tf from '@tensorflow/tfjs-core'
import type { discriminatorSteps as spec } from '../../spec/gan/disc-update.ts'
import type { Fast } from '../operation.ts'
import {
  type Discriminator,
  discriminatorStep,
  generated,
  generatorOf,
  statesOfDiscriminator,
} from './network.ts'

/**
 * Steps of a discriminator.
 *
 * Clauses    gan.disc-update, gan.disc.blackbox-generator
 * Fast by    one product a layer for real and generated samples together
 */
export const discriminatorSteps: Fast<typeof spec> = (
  { samples, noise, ...networks },
  { rate },
) => {
  const batches = tf.unstack(samples)
  const states: Discriminator[] = []
  for (const [t, z] of tf.unstack(noise).entries()) {
    const { x } = generated(networks, z)
    states.push(discriminatorStep(states.at(-1) ?? networks, batches[t]!, x, rate))
  }
  return {
    ...statesOfDiscriminator(states),
    ...generatorOf(networks),
  }
}
