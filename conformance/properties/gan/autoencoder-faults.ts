import { build } from '../../../reference/arithmetic/array.ts'
import { autoencoder as reference } from '../../../reference/gan/autoencoder.ts'
import { autoencoder } from '../../../spec/gan/autoencoder.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(autoencoder, reference)

export const givesKnownImages = wrong.outputs(
  'E-50 read literally: gives for a seed the image whose code is nearest, as if seeds were codes',
  ({ restored, generated, codes }, { inputs: { seeds }, sizes: { N, D } }) => {
    const distance = (m: number, n: number) => {
      let sum = 0
      for (let d = 0; d < D; d++) sum += (seeds.at(m, d) - codes.at(n, d)) ** 2
      return sum
    }
    const nearest = Array.from({ length: seeds.shape[0]! }, (_, m) => {
      let best = 0
      for (let n = 1; n < N; n++) if (distance(m, n) < distance(m, best)) best = n
      return best
    })
    return {
      generated: build(generated.shape, (m, i, j, k) => restored.at(nearest[m]!, i, j, k)),
    }
  },
)

export const encodesSeeds = wrong.inputs(
  'adds the biases of the encoder to seeds as well',
  ({ seeds, encoderBias }) => ({
    seeds: build(seeds.shape, (m, d) => seeds.at(m, d) + encoderBias.at(d)),
  }),
)

export const forgetsDecoderBias = wrong.inputs(
  'forgets the biases of the decoder',
  ({ decoderBias }) => ({ decoderBias: zeros(decoderBias.shape) }),
)

export const channelsFirst = wrong.inputs(
  'reads images one channel after the other',
  ({ x }, { sizes: { N, H, W, K } }) => ({
    x: build([N, H, W, K], (n, i, j, k) => {
      const at = (i * W + j) * K + k
      const [channel, pixel] = [Math.floor(at / (H * W)), at % (H * W)]
      return x.at(n, Math.floor(pixel / W), pixel % W, channel)
    }),
  }),
)

export const transposesImages = wrong.outputs(
  'writes images column by column',
  ({ restored, generated }, { sizes: { H, W } }) => {
    const byColumns = (images: typeof restored) =>
      permuted(images, (n, i, j, k) => {
        const at = j * H + i
        return [n, Math.floor(at / W), at % W, k]
      })
    return { restored: byColumns(restored), generated: byColumns(generated) }
  },
)

export const tiesWeights = wrong.inputs(
  'decodes with the transposed weights of the encoder',
  ({ encoder, decoder }) => ({ decoder: build(decoder.shape, (d, p) => encoder.at(p, d)) }),
)
