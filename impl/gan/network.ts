import * as tf from '@tensorflow/tfjs-core'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { tanhSlope } from '../layers/tanh.ts'

/** The parameters of a generator, or their gradients. */
export interface Generator {
  readonly generatorHidden: tf.Tensor
  readonly generatorHiddenBias: tf.Tensor
  readonly generatorOutput: tf.Tensor
  readonly generatorOutputBias: tf.Tensor
}

/** The parameters of a discriminator, or their gradients. */
export interface Discriminator {
  readonly discriminatorHidden: tf.Tensor
  readonly discriminatorHiddenBias: tf.Tensor
  readonly discriminatorOutput: tf.Tensor
  readonly discriminatorOutputBias: tf.Tensor
}

/** Samples that a generator makes of noise, by one product a layer; and its hidden units, for the gradient. */
export function generated(G: Generator, noise: tf.Tensor) {
  const h = tf.tanh(dense(noise, G.generatorHidden, G.generatorHiddenBias))
  return { h, x: dense(h, G.generatorOutput, G.generatorOutputBias) }
}

/** Gradient of a generator by its parameters: three products, none of which passes the noise. */
export function generatorGradient(
  G: Generator,
  noise: tf.Tensor,
  h: tf.Tensor,
  dx: tf.Tensor,
): Generator {
  const ds = tf.mul(denseInputGradient(G.generatorOutput, dx), tanhSlope(h))
  return {
    generatorHidden: denseWeightGradient(noise, ds),
    generatorHiddenBias: biasGradient(ds),
    generatorOutput: denseWeightGradient(h, dx),
    generatorOutputBias: biasGradient(dx),
  }
}

/** What is left of a hidden unit of the discriminator where it is not above 0. */
const slope = 0.2

/** The hidden units of a discriminator before and after the rectifier, by one product. */
export function featuresOf(
  D: Pick<Discriminator, 'discriminatorHidden' | 'discriminatorHiddenBias'>,
  x: tf.Tensor,
) {
  const s = dense(x, D.discriminatorHidden, D.discriminatorHiddenBias)
  return { s, e: tf.leakyRelu(s, slope) }
}

/** Logits of a discriminator for each sample, and its hidden units. */
export function discriminated(D: Discriminator, x: tf.Tensor) {
  const { s, e } = featuresOf(D, x)
  const logits = tf.matMul(e, columnOf(D.discriminatorOutput))
  return { s, e, logits: tf.add(tf.reshape(logits, [-1]), D.discriminatorOutputBias) }
}

/** Gradient by what enters the hidden units: an outer product, with a selection for the slopes. */
export function hiddenGradient(D: Discriminator, s: tf.Tensor, dLogits: tf.Tensor): tf.Tensor {
  const de = tf.mul(columnOf(dLogits), D.discriminatorOutput)
  return tf.where(tf.greater(s, 0), de, tf.mul(de, slope))
}

/** Gradient of a discriminator by the samples that it is shown. */
export function sampleGradient(D: Discriminator, s: tf.Tensor, dLogits: tf.Tensor): tf.Tensor {
  return denseInputGradient(D.discriminatorHidden, hiddenGradient(D, s, dLogits))
}

/** Gradient of a discriminator by its parameters: two products. */
export function discriminatorGradient(
  D: Discriminator,
  x: tf.Tensor,
  { s, e }: { readonly s: tf.Tensor; readonly e: tf.Tensor },
  dLogits: tf.Tensor,
): Discriminator {
  const ds = hiddenGradient(D, s, dLogits)
  return {
    discriminatorHidden: denseWeightGradient(x, ds),
    discriminatorHiddenBias: biasGradient(ds),
    discriminatorOutput: tf.reshape(denseWeightGradient(e, columnOf(dLogits)), [-1]),
    discriminatorOutputBias: tf.sum(dLogits),
  }
}

const columnOf = (row: tf.Tensor): tf.Tensor2D => tf.reshape(row, [-1, 1])

/** Parameters a step further along a gradient. */
export function climbed<Names extends string>(
  theta: Readonly<Record<Names, tf.Tensor>>,
  g: Readonly<Record<Names, tf.Tensor>>,
  rate: number,
): Readonly<Record<Names, tf.Tensor>> {
  const names = Object.keys(g) as Names[]
  return Object.fromEntries(
    names.map((name) => [name, tf.add(theta[name], tf.mul(g[name], rate))]),
  ) as Record<Names, tf.Tensor>
}

/**
 * A discriminator after a step on real and generated samples.
 *
 * Fast by    one pass for both kinds of samples together
 */
export function discriminatorStep(
  D: Discriminator,
  real: tf.Tensor,
  fake: tf.Tensor,
  rate: number,
): Discriminator {
  const M = real.shape[0]!
  const x = tf.concat([real, fake])
  const pass = discriminated(D, x)
  // σ(−a) on real samples and −σ(a) on generated ones: no 1 is taken from what rounds to 1.
  const signs = tf.concat([tf.fill([M], -1), tf.ones([M])])
  const dLogits = tf.div(tf.mul(tf.sigmoid(tf.mul(pass.logits, signs)), tf.neg(signs)), M)
  return climbed<keyof Discriminator>(D, discriminatorGradient(D, x, pass, dLogits), rate)
}

/** The parameters of a generator after each of some steps, one below the other. */
export function statesOfGenerator(states: readonly Generator[]): Generator {
  const after = (name: keyof Generator) => tf.stack(states.map((state) => state[name]))
  return {
    generatorHidden: after('generatorHidden'),
    generatorHiddenBias: after('generatorHiddenBias'),
    generatorOutput: after('generatorOutput'),
    generatorOutputBias: after('generatorOutputBias'),
  }
}

/** The parameters of a discriminator after each of some steps, one below the other. */
export function statesOfDiscriminator(states: readonly Discriminator[]): Discriminator {
  const after = (name: keyof Discriminator) => tf.stack(states.map((state) => state[name]))
  return {
    discriminatorHidden: after('discriminatorHidden'),
    discriminatorHiddenBias: after('discriminatorHiddenBias'),
    discriminatorOutput: after('discriminatorOutput'),
    discriminatorOutputBias: after('discriminatorOutputBias'),
  }
}

/** The parameters of a generator as they are, as outputs of their own. */
export const generatorOf = (G: Generator): Generator => ({
  generatorHidden: tf.clone(G.generatorHidden),
  generatorHiddenBias: tf.clone(G.generatorHiddenBias),
  generatorOutput: tf.clone(G.generatorOutput),
  generatorOutputBias: tf.clone(G.generatorOutputBias),
})

/** The parameters of a discriminator as they are, as outputs of their own. */
export const discriminatorOf = (D: Discriminator): Discriminator => ({
  discriminatorHidden: tf.clone(D.discriminatorHidden),
  discriminatorHiddenBias: tf.clone(D.discriminatorHiddenBias),
  discriminatorOutput: tf.clone(D.discriminatorOutput),
  discriminatorOutputBias: tf.clone(D.discriminatorOutputBias),
})

/** Gradient of the objective of a generator by its parameters, through the discriminator. */
export function objectiveGradient(
  G: Generator,
  D: Discriminator,
  noise: tf.Tensor,
  loss: 'saturating' | 'non-saturating',
  dObjective: tf.Tensor,
): Generator {
  const { h, x } = generated(G, noise)
  const { s, logits } = discriminated(D, x)
  const slopes = tf.sigmoid(loss === 'saturating' ? logits : tf.neg(logits))
  const dLogits = tf.mul(slopes, tf.div(dObjective, noise.shape[0]!))
  return generatorGradient(G, noise, h, sampleGradient(D, s, dLogits))
}
