import * as tf from '@tensorflow/tfjs-core'
import type {
  latentArithmetic as arithmeticSpec,
  interpolate as spec,
} from '../../spec/gan/latent.ts'
import { dense } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'
import { generated } from './network.ts'

/**
 * Samples between two noise vectors.
 *
 * Clauses    gan.latent-interpolation
 * Fast by    one outer product for each end, so that both ends are exact, and one pass for all points
 */
export const interpolate: Fast<typeof spec> = ({ start, end, shares, ...generator }) => {
  const share = tf.expandDims(shares, 1)
  const noise = tf.add(tf.mul(tf.sub(1, share), start), tf.mul(share, end))
  return { noise, x: generated(generator, noise).x }
}

/**
 * Arithmetic of noise and of samples.
 *
 * Clauses    gan.latent-arithmetic
 * Fast by    one pass for the noise of all four
 */
export const latentArithmetic: Fast<typeof arithmeticSpec> = (
  { a, b, c, generatorHidden, generatorHiddenBias, generatorOutput, generatorOutputBias },
  { activation },
) => {
  const noise = tf.concat([tf.add(tf.sub(a, b), c), a, b, c])
  const s = dense(noise, generatorHidden, generatorHiddenBias)
  const h = activation === 'tanh' ? tf.tanh(s) : s
  const [x, ofA, ofB, ofC] = tf.split(dense(h, generatorOutput, generatorOutputBias), 4) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ]
  return { x, sum: tf.add(tf.sub(ofA, ofB), ofC) }
}
