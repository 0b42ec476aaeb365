import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { autoEncodingBayes, deepLearning } from './publications.ts'

/** An auto-encoder of one affine layer each, and its decoder alone on seeds. */
export const autoencoder = operation({
  id: 'gan.autoencoder',
  title: 'Codes of images, the images that come back, and images of seeds',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'images'),
    M: free(1, 3, 'seeds'),
    D: free(1, 4, 'units of the code'),
    H: free(1, 3, 'rows'),
    W: free(1, 3, 'columns'),
    K: atLeast(
      ({ D, H, W }: Sizes) => Math.floor(D! / (H! * W!)) + 1,
      2,
      'channels',
      'what makes an image larger than its code',
    ),
    P: derived(({ H, W, K }: Sizes) => H! * W! * K!, 'numbers of an image'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    encoder: array('the weights of the encoder', 'P', 'D'),
    encoderBias: array('its biases', 'D'),
    decoder: array('the weights of the decoder', 'D', 'P'),
    decoderBias: array('its biases', 'P'),
    seeds: array('codes that come from no image', 'M', 'D'),
  },
  parameters: {},
  usual: [
    { sizes: { D: 2, W: ({ H }) => H!, K: 1 } },
    { sizes: { D: 8, H: 4, W: 4, K: 3 } },
    { sizes: { N: 1, M: 1 } },
  ],
  sums: [{ sizes: { N: 8, M: 8, D: 64, H: 8, W: 8, K: 2 } }],
  outputs: {
    codes: array('the code of each image', 'N', 'D'),
    restored: array('what the decoder makes of it', 'N', 'H', 'W', 'K'),
    generated: array('what it makes of each seed', 'M', 'H', 'W', 'K'),
  },
  classes: {
    'a code of one unit': ({ sizes }: CaseView) => sizes.D === 1,
    'a code of several units': ({ sizes }: CaseView) => sizes.D! > 1,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
    'several channels': ({ sizes }: CaseView) => sizes.K! > 1,
    'more seeds than images': ({ sizes }: CaseView) => sizes.M! > sizes.N!,
    'one number less than the image': ({ sizes }: CaseView) => sizes.D! + 1 === sizes.P,
  },
})

export const decoderShape = clause({
  id: 'gan.autoencoder.decoder-shape',
  title: 'A decoder makes an image of a code, wherever the code comes from',
  kind: 'law',
  operations: [autoencoder],
  statement:
    'An encoder maps an image to a code of $D < HWK$ numbers, and a decoder maps a code to an image; one after the other they give an image of the size of the first, as translations of images do. The decoder knows nothing of the encoder: a seed that equals the code of an image gives what that image comes back as, to the bit, and without an encoder its images are the same. So any $D$ numbers give an image; nothing says that it looks like one of the training set. What comes back lies on a plane of $D$ dimensions at most when both parts are affine, and the plane that loses least is that of the first $D$ principal components.',
  formula: String.raw`c = \operatorname{vec}(x)\, W_e + b_e \in \mathbb R^D,\qquad \operatorname{vec}(x') = c\, W_d + b_d \in \mathbb R^{HWK},\qquad D < HWK`,
  domain: 'Finite numbers; codes with fewer numbers than the image.',
  conventions: [
    {
      choice: 'Encoder and decoder are one affine layer each.',
      others:
        'Practice has several layers with activations, often convolutions and their transposes.',
    },
    {
      choice: 'An image is read row by row, the channels of a pixel next to each other.',
      others: 'Libraries that put channels first read one channel after the other.',
    },
  ],
  source: {
    notes: [
      [593, 593],
      [597, 597],
      [599, 599],
    ],
    publications: [{ ...deepLearning, where: 'sections 14.1 and 14.2' }],
  },
  errata: [
    {
      id: 'E-50',
      lines: [593, 593],
      says: 'Random seeds, put into the decoder of a trained auto-encoder, give images like those of the training set.',
      counterexample:
        'Images (1, 1) and (−1, −1), encoder (1/2, 1/2), decoder (1, 1), no biases: both come back without loss, with the codes 1 and −1. The seed 0 gives (0, 0), which is none of them.',
      correction:
        'Nothing in the loss says how the codes are distributed, so seeds need not fall where codes are. It takes a prior that the codes are trained to follow, as in a variational auto-encoder.',
      settledBy: { ...autoEncodingBayes, where: 'section 2.3' },
    },
  ],
})
