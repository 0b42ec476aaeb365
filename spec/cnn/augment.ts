import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { boolean, list, real, record } from '../language/parameter.ts'

const dimensions = {
  N: free(1, 3, 'images'),
  H: free(1, 4, 'rows'),
  W: free(1, 4, 'columns'),
  K: free(1, 3, 'channels'),
} as const

const contrast = real({ min: 0, from: 0.5, to: 1.5, values: [1, 0.5, 1.25] })
const brightness = real({ from: -0.5, to: 0.5, values: [0, 0.25, -1] })
const top = real({ min: 0, open: true, from: 1, to: 4, values: [1, 3, 255] })

const range = (view: CaseView) =>
  Array.from(view.inputs.x!.data, (v) => view.parameters.contrast * v + view.parameters.brightness)

/** Other light: more or less contrast and brightness. */
export const lightJitter = operation({
  id: 'cnn.lightJitter',
  title: 'Jitter of contrast and brightness',
  level: 'core',
  dimensions,
  inputs: { x: nonnegative('the images, of values from 0 to `top`', 'N', 'H', 'W', 'K') },
  parameters: { contrast, brightness, top },
  usual: [
    { parameters: { contrast: 1, brightness: 0 } },
    { sizes: { K: 3 }, parameters: { top: 1 } },
    { sizes: { K: 3 }, parameters: { top: 255 } },
  ],
  effort: () => 6,
  outputs: { y: array('the same images in other light', 'N', 'H', 'W', 'K') },
  classes: {
    'nothing changed': ({ parameters }: CaseView) =>
      parameters.contrast === 1 && parameters.brightness === 0,
    'clipped at the top': (view: CaseView) => range(view).some((v) => v > view.parameters.top),
    'clipped at 0': (view: CaseView) => range(view).some((v) => v < 0),
    'nothing clipped': (view: CaseView) =>
      range(view).every((v) => v >= 0 && v <= view.parameters.top),
  },
})

/** Other colours: a shift along the directions in which the colours of the set vary. */
export const pcaShift = operation({
  id: 'cnn.pcaShift',
  title: 'Colour shift along principal components',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    components: array('the principal components, one a column', 'K', 'K'),
    eigenvalues: nonnegative('the variance along each', 'K'),
    draws: array('how far along each, drawn anew for each image', 'N', 'K'),
  },
  parameters: {},
  usual: [{ sizes: { K: 3, W: ({ H }) => H! } }, { sizes: { K: 1 } }],
  sums: 'What is added are products of three factors, and rounded before.',
  outputs: { y: array('the shifted images', 'N', 'H', 'W', 'K') },
  classes: {
    'several channels': ({ sizes }: CaseView) => sizes.K! > 1,
    'several images': ({ sizes }: CaseView) => sizes.N! > 1,
    'several pixels': ({ sizes }: CaseView) => sizes.H! * sizes.W! > 1,
  },
})

/** Left and right exchanged. */
export const flip = operation({
  id: 'cnn.flip',
  title: 'Horizontal reflection of images',
  level: 'core',
  dimensions,
  inputs: { x: array('the images', 'N', 'H', 'W', 'K') },
  parameters: {},
  usual: [{ sizes: { K: 3, W: ({ H }) => H! } }, { sizes: { K: 1 } }],
  outputs: { y: array('the same images, mirrored', 'N', 'H', 'W', 'K') },
  classes: {
    'several columns': ({ sizes }: CaseView) => sizes.W! > 1,
    'several rows': ({ sizes }: CaseView) => sizes.H! > 1,
    'one column': ({ sizes }: CaseView) => sizes.W === 1,
  },
})

/** A training set with a jittered copy of itself for each jitter. */
export const augmentedSet = operation({
  id: 'cnn.augmentedSet',
  title: 'Training set augmented by jitter',
  level: 'core',
  dimensions: {
    ...dimensions,
    R: derived(
      (sizes: Sizes, { jitters }: Parameters) => sizes.N! * jitters.length,
      'images afterwards',
    ),
  },
  inputs: {
    x: nonnegative('the images, of values from 0 to `top`', 'N', 'H', 'W', 'K'),
    labels: nonnegative('the class of each', 'N'),
  },
  parameters: {
    jitters: list(record({ contrast, brightness, flip: boolean }), { min: 1, max: 3 }),
    top,
  },
  usual: [
    {
      sizes: { K: 3 },
      parameters: { jitters: [{ contrast: 1, brightness: 0, flip: true }], top: 1 },
    },
    {
      sizes: { K: 3 },
      parameters: { jitters: [{ contrast: 1, brightness: 0, flip: false }], top: 255 },
    },
  ],
  outputs: {
    images: array('all images under the first jitter, then under the next', 'R', 'H', 'W', 'K'),
    classes: array('the class of each', 'R'),
  },
  classes: {
    'one jitter': ({ parameters }: CaseView) => parameters.jitters.length === 1,
    'several jitters': ({ parameters }: CaseView) => parameters.jitters.length > 1,
    'several images': ({ sizes }: CaseView) => sizes.N! > 1,
    'a flip': ({ sizes, parameters }: CaseView) =>
      sizes.W! > 1 && parameters.jitters.some((jitter: { flip: boolean }) => jitter.flip),
    'no flip': ({ parameters }: CaseView) =>
      parameters.jitters.some((jitter: { flip: boolean }) => !jitter.flip),
  },
})

export const jitter = clause({
  id: 'cnn.augment.jitter',
  title: 'Jitter changes the light of an image, not its class',
  kind: 'formula',
  operations: [lightJitter, pcaShift, flip, augmentedSet],
  statement:
    'A jittered copy of a sample has the shape and the class of the sample. Light jitter multiplies by a contrast $a$, adds a brightness $b$ and clips to the range; with $a = 1$, $b = 0$ it changes nothing. A colour shift adds one vector to all pixels of an image: each principal component of the colours times its eigenvalue times a number drawn for it; over independent draws of mean 0 and variance $\\sigma^2$ it has mean 0 and covariance $\\sigma^2 \\sum_i \\lambda_i^2 p_i p_i^{\\mathsf T}$. Reflecting twice gives the image back. A set augmented by $r$ jitters has $r$ times as many samples, and $r$ times as many of each class.',
  formula: String.raw`y = \min(\max(a x + b,\ 0),\ \mathrm{top}),\qquad y_{nij:} = x_{nij:} + \sum_i \alpha_{ni} \lambda_i\, p_i`,
  domain: 'Images with values from 0 to `top`; contrast not negative. The draws are inputs.',
  conventions: [
    {
      choice: 'The range of values is 0 to `top`, 1 or 255 as the set has it.',
      others: 'Code that normalizes first has values on both sides of 0, and clips nothing.',
    },
    {
      choice: 'A component is scaled by its eigenvalue, the variance.',
      others: 'Some code takes the standard deviation, its root: it passes the root as eigenvalue.',
    },
  ],
  source: {
    notes: [[88, 88]],
    publications: [
      {
        title:
          'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
        where: 'section 4.1',
      },
      {
        title:
          'Howard (2013), Some improvements on deep convolutional neural network based image classification',
        where: 'section 2',
      },
    ],
  },
  errata: [],
})
