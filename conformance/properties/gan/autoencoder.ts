import { build } from '../../../reference/arithmetic/array.ts'
import { autoencoder, decoderShape } from '../../../spec/gan/autoencoder.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { numbers, plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  channelsFirst,
  encodesSeeds,
  forgetsDecoderBias,
  givesKnownImages,
  tiesWeights,
  transposesImages,
} from './autoencoder-faults.ts'

export const autoencoderProperties = properties(
  decoderShape,
  agreementTwice(
    autoencoder,
    {
      kills: [givesKnownImages, encodesSeeds, forgetsDecoderBias, channelsFirst, transposesImages],
    },
    { kills: [tiesWeights, channelsFirst] },
  ),
  law('same-code', {
    of: autoencoder,
    title: 'a seed that equals the code of an image gives what that image comes back as',
    kills: [encodesSeeds],
    share: 0.5,
    async holds({ answer, arithmetic, inputs }) {
      const { codes, restored } = await answer(autoencoder, inputs, {})
      const seeds = numbers(arithmetic, codes)
      const { generated } = await answer(autoencoder, { ...inputs, seeds }, {})
      return [{ label: 'the images', expected: restored, actual: generated }]
    },
  }),
  equivariance('without-encoder', {
    of: autoencoder,
    values: 'reals',
    title: 'without an encoder, seeds give the same images, to the bit',
    kills: [givesKnownImages, encodesSeeds],
    share: 0.4,
    toTheBit: true,
    inputs: ({ encoder, encoderBias }) => ({
      encoder: zeros(encoder.shape),
      encoderBias: zeros(encoderBias.shape),
    }),
    compared: ({ generated }) => ({ generated }),
  }),
  law('on-a-plane', {
    of: autoencoder,
    title: 'a seed between two others gives the image between theirs',
    kills: [givesKnownImages],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, sizes: { D, P } }) {
      const { seeds, ...others } = inputs
      const [first, last] = [plain(seeds), build(seeds.shape, (m, d) => (m + d) % 3)]
      const ask = async (codes: typeof first) =>
        (await measure(autoencoder, { ...others, seeds: codes }, {})).generated
      const there = await ask(first)
      const here = await ask(last)
      const both = await ask(build(seeds.shape, (m, d) => 2 * first.at(m, d) - last.at(m, d)))
      const expected = build(both.shape, (...at) =>
        arithmetic.subtract(
          arithmetic.multiply(arithmetic.exact(2), there.at(...at)),
          here.at(...at),
        ),
      )
      return [{ label: `images of ${P} numbers from codes of ${D}`, expected, actual: both }]
    },
  }),
  worked('principal-components', {
    of: autoencoder,
    title: 'the first principal component loses the least, as much as the others have',
    kills: [tiesWeights, transposesImages],
    cases: [
      {
        says: 'points (3, 0), (−3, 0), (0, 1), (0, −1): along (1, 0), 1 + 1 is lost',
        inputs: {
          x: tensor([4, 1, 2, 1], [3, 0, -3, 0, 0, 1, 0, -1]),
          encoder: tensor([2, 1], [1, 0]),
          encoderBias: tensor([1], [0]),
          decoder: tensor([1, 2], [1, 0]),
          decoderBias: tensor([2], [0, 0]),
          seeds: tensor([1, 1], [0]),
        },
        gives: { codes: [3, -3, 0, 0], restored: [3, 0, -3, 0, 0, 0, 0, 0] },
      },
      {
        says: 'two pixels, one below the other, of which the decoder is not the encoder transposed',
        inputs: {
          x: tensor([1, 2, 2, 1], [1, 2, 3, 4]),
          encoder: tensor([4, 1], [1, 0, 0, 0]),
          encoderBias: tensor([1], [1]),
          decoder: tensor([1, 4], [1, 2, 3, 4]),
          decoderBias: tensor([4], [0, 0, 0, 1]),
          seeds: tensor([1, 1], [1]),
        },
        gives: { codes: [2], restored: [2, 4, 6, 9], generated: [1, 2, 3, 5] },
      },
    ],
  }),
  worked('E-50', {
    of: autoencoder,
    title: 'a seed need not give an image of the training set',
    kills: [givesKnownImages],
    inputs: {
      x: tensor([2, 1, 2, 1], [1, 1, -1, -1]),
      encoder: tensor([2, 1], [0.5, 0.5]),
      encoderBias: tensor([1], [0]),
      decoder: tensor([1, 2], [1, 1]),
      decoderBias: tensor([2], [0, 0]),
      seeds: tensor([1, 1], [0]),
    },
    notes: { codes: [1, -1], restored: [1, 1, -1, -1], generated: [1, 1] },
    gives: { codes: [1, -1], restored: [1, 1, -1, -1], generated: [0, 0] },
  }),
)
