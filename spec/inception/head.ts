import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, derived, free, operation } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'

const dimensions = {
  N: free(1, 2, 'images'),
  H: free(1, 4, 'rows'),
  W: free(1, 4, 'columns'),
  K: free(1, 4, 'channels'),
  C: free(1, 4, 'classes'),
} as const

const classes = {
  'one channel': ({ sizes }: CaseView) => sizes.K === 1,
  'one class': ({ sizes }: CaseView) => sizes.C === 1,
  'a single row or column': ({ sizes }: CaseView) => sizes.H === 1 || sizes.W === 1,
  'several pixels': ({ sizes }: CaseView) => sizes.H! * sizes.W! > 1,
  'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
} as const

/** Mean of every channel over the image, then one linear layer. */
export const pooledHead = operation({
  id: 'inception.pooledHead',
  title: 'Classifier on the means of the channels',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the last feature maps', 'N', 'H', 'W', 'K'),
    weights: array('the weights of the classifier', 'K', 'C'),
    bias: array('its bias', 'C'),
  },
  parameters: {},
  usual: [
    { sizes: { N: 1, H: 7, W: 7 } },
    { sizes: { H: 1, W: 1 } },
    { sizes: { W: ({ H }) => H!, C: 10 } },
  ],
  // The sums of the means, and those of the classifier on images of one pixel.
  sums: [
    {
      sizes: { N: 32, H: 8, W: 8, K: 16, C: 16 },
      arrays: { weights: 'identity', bias: 'zeros' },
    },
    { sizes: { N: 32, H: 1, W: 1, K: 81, C: 16 } },
  ],
  outputs: { z: array('one score a class', 'N', 'C') },
  classes,
})

/** Its gradients. */
export const pooledHeadGradient = gradientOf(pooledHead, {
  title: 'Gradients of the classifier on the means of the channels',
  sums: [
    { sizes: { N: 81, H: 1, W: 1, K: 32, C: 32 } },
    { sizes: { N: 4, H: 1, W: 1, K: 32, C: 81 } },
  ],
})

/** The linear layer on all pixels of all channels that the means replace. */
export const flatHead = operation({
  id: 'inception.flatHead',
  title: 'Classifier on all pixels',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the last feature maps', 'N', 'H', 'W', 'K'),
    weights: array('the weights of the classifier', 'H', 'W', 'K', 'C'),
    bias: array('its bias', 'C'),
  },
  parameters: {},
  usual: [
    { sizes: { N: 1, H: 7, W: 7 } },
    { sizes: { H: 1, W: 1 } },
    { sizes: { W: ({ H }) => H!, C: 10 } },
  ],
  sums: [{ sizes: { N: 32, H: 3, W: 3, K: 9, C: 32 } }],
  outputs: { z: array('one score a class', 'N', 'C') },
  classes,
})

/** How many parameters both have. */
export const headCounts = operation({
  id: 'inception.headCounts',
  title: 'Parameters of a classifier on means and of one on all pixels',
  level: 'core',
  dimensions: { Heads: derived(() => 2, 'on means, on all pixels') },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 3 }),
    columns: integer({ min: 1, upTo: 3 }),
    channels: integer({ min: 1, upTo: 48 }),
    classes: integer({ min: 1, upTo: 48 }),
  },
  usual: [
    { parameters: { rows: 7, columns: 7, channels: 1024, classes: 1000 } },
    { parameters: { rows: 6, columns: 6, channels: 256, classes: 4096 } },
  ],
  outputs: { parameters: array('weights and biases, on means and on all pixels', 'Heads') },
  classes: {
    'one pixel': ({ parameters }) => parameters.rows === 1 && parameters.columns === 1,
    'several pixels': ({ parameters }) => parameters.rows * parameters.columns > 1,
    'image not square': ({ parameters }) => parameters.rows !== parameters.columns,
  },
})

const goingDeeper = {
  title: 'Szegedy et al. (2015), Going deeper with convolutions',
  where: 'section 5',
} as const

export const paramSaving = clause({
  id: 'inception.head.param-saving',
  title: 'Means of channels save the factor of the pixels',
  kind: 'count',
  operations: [headCounts, pooledHead, pooledHeadGradient, flatHead],
  statement:
    'A linear classifier on all pixels of all channels has $HWKC + C$ parameters. On the mean of each channel it has $KC + C$, fewer by $(HW - 1)KC$, and computes what the large one computes when the weights of all pixels are equal. For 7 × 7 pixels, 1024 channels and 1000 classes it is 1 025 000 instead of 50 177 000.',
  formula: String.raw`HWKC + C \;\to\; KC + C,\qquad z_{nc} = b_c + \sum_k \Bigl(\tfrac{1}{HW} \sum_{ij} x_{nijk}\Bigr) V_{kc}`,
  domain: 'Every size from 1 on.',
  conventions: [
    {
      choice: 'The classifier has a bias.',
      others: 'Counts in the literature often leave biases out.',
    },
  ],
  evaluations: [
    { way: 'pixels weighed before they are added' },
    { way: 'scores of every pixel, averaged' },
  ],
  source: {
    notes: [[102, 102]],
    publications: [
      goingDeeper,
      { title: 'Lin, Chen, Yan (2014), Network in network', where: 'section 3.2' },
    ],
  },
  errata: [
    {
      id: 'E-13',
      lines: [102, 102],
      says: 'There is no fully connected layer.',
      counterexample:
        'One pixel, one channel, one class: the classifier after the mean has a weight and a bias, 2 parameters and not 0.',
      correction:
        'One linear layer stays, from 1024 channels to 1000 classes; what is gone are hidden fully connected layers on all pixels. The auxiliary classifiers have fully connected layers of their own.',
      settledBy: goingDeeper,
    },
  ],
})
