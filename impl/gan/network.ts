import * as tf from '@tensorflow/tfjs-core'
import { dense } from '../layers/dense.ts'

/** The parameters of a generator, or their gradients. */
export interface Generator {
  readonly generatorHidden: tf.Tensor
  readonly generatorHiddenBias: tf.Tensor
  readonly generatorOutput: tf.Tensor
  readonly generatorOutputBias: tf.Tensor
}

/** Samples that a generator makes of noise, by one product a layer; and its hidden units, for the gradient. */
export function generated(G: Generator, noise: tf.Tensor) {
  const h = tf.tanh(dense(noise, G.generatorHidden, G.generatorHiddenBias))
  return { h, x: dense(h, G.generatorOutput, G.generatorOutputBias) }
}
