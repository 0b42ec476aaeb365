import * as tf from '@tensorflow/tfjs-core'
import type {
  generatorObjectiveGradient as gradientSpec,
  generatorObjective as objectiveSpec,
  generatorStep as spec,
} from '../../spec/gan/gen-update.ts'
import type { Fast } from '../operation.ts'
import {
  climbed,
  discriminated,
  discriminatorOf,
  type Generator,
  generated,
  objectiveGradient,
} from './network.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Objective of a generator.
 *
 * Clauses    gan.gen-update
 * Fast by    one product a layer, and logarithms from logits
 */
export const generatorObjective: Fast<typeof objectiveSpec> = (
  { noise, ...networks },
  { loss },
) => {
  const { logits } = discriminated(networks, generated(networks, noise).x)
  const terms = loss === 'non-saturating' ? logSigmoid(logits) : tf.neg(logComplement(logits))
  return { objective: tf.mean(terms) }
}

/**
 * Gradients of the objective of a generator.
 *
 * Clauses    gan.gen.through-discriminator
 * Fast by    one product a layer on the way back, and none for the parameters of the discriminator
 */
export const generatorObjectiveGradient: Fast<typeof gradientSpec> = (
  { noise, dObjective, ...networks },
  { loss },
) => {
  const g = objectiveGradient(networks, networks, noise, loss, dObjective)
  return {
    dGeneratorHidden: g.generatorHidden,
    dGeneratorHiddenBias: g.generatorHiddenBias,
    dGeneratorOutput: g.generatorOutput,
    dGeneratorOutputBias: g.generatorOutputBias,
  }
}

/**
 * Step of a generator.
 *
 * Clauses    gan.gen-update, gan.gen.through-discriminator
 * Fast by    the gradient by the generator alone
 */
export const generatorStep: Fast<typeof spec> = ({ noise, ...networks }, { loss, rate }) => ({
  ...climbed<keyof Generator>(
    networks,
    objectiveGradient(networks, networks, noise, loss, tf.scalar(1)),
    rate,
  ),
  ...discriminatorOf(networks),
})
