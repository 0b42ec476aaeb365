import * as tf from '@tensorflow/tfjs-core'
import type { autoencoder as spec } from '../../spec/gan/autoencoder.ts'
import { dense } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

/**
 * Codes of images, the images that come back, and images of seeds.
 *
 * Clauses    gan.autoencoder.decoder-shape
 * Fast by    a matrix product each
 */
export const autoencoder: Fast<typeof spec> = (arrays) => {
  const { x, encoder, encoderBias, decoder, decoderBias, seeds } = arrays
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const codes = dense(tf.reshape(x, [N, H * W * K]), encoder, encoderBias)
  const decode = (code: tf.Tensor) => tf.reshape(dense(code, decoder, decoderBias), [-1, H, W, K])
  return { codes, restored: decode(codes), generated: decode(seeds) }
}
