import * as tf from '@tensorflow/tfjs-core'
import {
  criticLoss,
  criticLossGradient,
  generatorObjective,
  generatorObjectiveGradient,
  value,
  valueGradient,
} from '../../impl/gan/index.ts'
import {
  type Discriminator,
  discriminated,
  type Generator,
  generated,
  generatorGradient,
  sampleGradient,
} from '../../impl/gan/network.ts'

/** Logits of a discriminator for real and generated samples. */
interface Logits {
  readonly real: tf.Tensor
  readonly generated: tf.Tensor
}

/** What two networks are after: losses that each of them descends on. */
export interface Game {
  readonly name: string
  /** Steps of the discriminator before each of the generator. */
  readonly turns: number
  /** The largest magnitude that a parameter of the discriminator may have. */
  readonly limit?: number
  discriminatorLoss(logits: Logits): tf.Tensor
  /** The slopes of the loss of the discriminator by its logits. */
  discriminatorSlopes(logits: Logits): Logits
  generatorLoss(G: Generator, D: Discriminator, noise: tf.Tensor): tf.Tensor
  /** The gradient of the loss of the generator by its parameters, through the discriminator. */
  generatorSlopes(G: Generator, D: Discriminator, noise: tf.Tensor): Generator
}

/** The game of Goodfellow et al. (2014), with one of both losses of the generator. */
function ofLogarithms(loss: 'saturating' | 'non-saturating'): Game {
  return {
    name: loss,
    turns: 1,
    discriminatorLoss: (logits) => tf.neg(value({ ...logits }, {}).value),
    discriminatorSlopes(logits) {
      const { dReal, dGenerated } = valueGradient({ ...logits, dValue: tf.scalar(-1) }, {})
      return { real: dReal, generated: dGenerated }
    },
    generatorLoss: (G, D, noise) =>
      tf.neg(generatorObjective({ ...G, ...D, noise }, { loss }).objective),
    generatorSlopes(G, D, noise) {
      const dObjective = tf.scalar(-1)
      const g = generatorObjectiveGradient({ ...G, ...D, noise, dObjective }, { loss })
      return {
        generatorHidden: g.dGeneratorHidden,
        generatorHiddenBias: g.dGeneratorHiddenBias,
        generatorOutput: g.dGeneratorOutput,
        generatorOutputBias: g.dGeneratorOutputBias,
      }
    },
  }
}

const none = () => tf.scalar(0)
const all = () => tf.scalar(1)

/** The game of Arjovsky, Chintala and Bottou (2017). */
const wasserstein: Game = {
  name: 'Wasserstein',
  turns: 5,
  limit: 1,
  discriminatorLoss: (logits) => criticLoss({ ...logits }, {}).critic,
  discriminatorSlopes(logits) {
    const slopes = { dEstimate: none(), dCritic: all(), dGenerator: none() }
    const { dReal, dGenerated } = criticLossGradient({ ...logits, ...slopes }, {})
    return { real: dReal, generated: dGenerated }
  },
  generatorLoss(G, D, noise) {
    const { logits } = discriminated(D, generated(G, noise).x)
    return criticLoss({ real: logits, generated: logits }, {}).generator
  },
  generatorSlopes(G, D, noise) {
    const { h, x } = generated(G, noise)
    const { s, logits } = discriminated(D, x)
    const slopes = { dEstimate: none(), dCritic: none(), dGenerator: all() }
    const { dGenerated } = criticLossGradient({ real: logits, generated: logits, ...slopes }, {})
    return generatorGradient(G, noise, h, sampleGradient(D, s, dGenerated))
  },
}

export const games: readonly Game[] = [
  ofLogarithms('saturating'),
  ofLogarithms('non-saturating'),
  wasserstein,
]
