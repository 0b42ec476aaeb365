import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  type Sizes,
} from '../language/operation.ts'
import { sizes } from '../language/parameter.ts'
import { conv2d } from './conv2d.ts'

const dimensions = {
  N: free(1, 3, 'images'),
  H: free(1, 4, 'rows'),
  W: free(1, 4, 'columns'),
  K: free(1, 4, 'channels'),
  D: derived(({ H, W, K }: Sizes) => H! * W! * K!, 'numbers of an image'),
} as const

const classes = {
  'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  'one channel': ({ sizes }: CaseView) => sizes.K === 1,
  'several channels and columns': ({ sizes }: CaseView) => sizes.K! > 1 && sizes.W! > 1,
  'several images': ({ sizes }: CaseView) => sizes.N! > 1,
} as const

/** The numbers of an image, one after the other. */
export const flatten = operation({
  id: 'cnn.flatten',
  title: 'Flattening of images into rows of numbers',
  level: 'core',
  dimensions,
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: {},
  usual: [
    { sizes: { H: 1, W: 1 } },
    { sizes: { N: 1, W: ({ H }) => H! } },
    { sizes: { H: 7, W: 7 } },
  ],
  outputs: { y: array('their numbers, one image a row', 'N', 'D') },
  classes,
})

/** The way back: every number returns to its place. */
export const flattenGradient = operation({
  id: 'cnn.flattenGradient',
  title: 'Gradient of flattening',
  level: 'gradients',
  dimensions,
  inputs: { dy: array('the derivative of the loss by the numbers', 'N', 'D') },
  parameters: { image: sizes('H', 'W', 'K') },
  usual: [
    { sizes: { H: 1, W: 1 } },
    { sizes: { N: 1, W: ({ H }) => H! } },
    { sizes: { H: 7, W: 7 } },
  ],
  outputs: { dx: array('the derivative of the loss by the images', 'N', 'H', 'W', 'K') },
  classes,
})

/** A fully connected layer. */
export const dense = operation({
  id: 'cnn.dense',
  title: 'Fully connected layer',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'samples'),
    D: free(1, 8, 'numbers of a sample'),
    M: free(1, 4, 'outputs'),
  },
  inputs: {
    x: array('the samples, one a row', 'N', 'D'),
    weights: array('one column an output', 'D', 'M'),
    bias: optional(array('one number an output', 'M')),
  },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { M: 10 } }, { sizes: { M: 1 } }],
  sums: [{ sizes: { N: 32, D: 81, M: 32 } }],
  outputs: { y: array('the outputs, one sample a row', 'N', 'M') },
  classes: {
    'weights not square': ({ sizes }: CaseView) => sizes.D !== sizes.M,
    'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
    'one output': ({ sizes }: CaseView) => sizes.M === 1,
  },
})

export const flattenClause = clause({
  id: 'cnn.flatten',
  title: 'Flattening keeps every number; a dense layer after it is a convolution of full size',
  kind: 'law',
  operations: [flatten, flattenGradient, dense, conv2d],
  statement:
    'Flattening writes the numbers of an image in one row: row by row, in a row pixel by pixel, in a pixel channel by channel. Nothing is lost: the way back, which is also the way of the gradient, restores the image. A fully connected layer with $M$ outputs on the row gives what a convolution with $M$ filters as large as the image gives, whose weights are those of the layer in the same order.',
  formula: String.raw`y_{n,\,(iW + j)K + k} = x_{nijk};\qquad y_n W + b = \mathrm{conv}_F(x_n),\quad F_{uvkm} = W_{(uW + v)K + k,\,m}`,
  domain: 'Images of any size.',
  conventions: [
    {
      choice: 'Channels vary fastest, as the images have them: rows × columns × channels.',
      others:
        'PyTorch flattens channels × rows × columns, so the weights of a dense layer have their rows in another order; a permutation converts.',
    },
  ],
  source: {
    notes: [[82, 82]],
    publications: [
      {
        title:
          'Long, Shelhamer, Darrell (2015), Fully convolutional networks for semantic segmentation',
        where: 'section 3.1',
      },
    ],
  },
  errata: [],
})
