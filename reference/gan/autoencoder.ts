import type { autoencoder as spec } from '../../spec/gan/autoencoder.ts'
import { fromData } from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'

/**
 * Codes of images, the images that come back, and images of seeds.
 *
 * Formula    codes = vec(x)·W_e + b_e, restored = codes·W_d + b_d, generated = seeds·W_d + b_d
 * Clauses    gan.autoencoder.decoder-shape
 * Shapes     x: [N, H, W, K], encoder: [P, D], encoderBias: [D], decoder: [D, P], decoderBias: [P],
 *            seeds: [M, D] → codes: [N, D], restored: [N, H, W, K], generated: [M, H, W, K]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 14.1
 * Example    x = (1, 1), encoder (1/2, 1/2), decoder (1, 1), no biases, seed 0 → code 1, (1, 1) and (0, 0)
 */
export const autoencoder: Reference<typeof spec> = (
  arithmetic,
  { x, encoder, encoderBias, decoder, decoderBias, seeds },
  _,
) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const [M] = seeds.shape as [number]
  const columns = fromData([N, H * W * K], x.data)
  const codes = dense(arithmetic, columns, encoder, encoderBias)
  const decode = (code: typeof codes) => dense(arithmetic, code, decoder, decoderBias).data
  return {
    codes,
    restored: fromData([N, H, W, K], decode(codes)),
    generated: fromData([M, H, W, K], decode(seeds)),
  }
}
