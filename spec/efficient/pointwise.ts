import { conv2d } from '../cnn/conv2d.ts'
import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { one } from '../resnet/projection.ts'
import { shuffleNet } from './publications.ts'

const image = {
  N: free(1, 2, 'images'),
  H: free(1, 4, 'rows'),
  W: free(1, 4, 'columns'),
} as const

/** A convolution with kernels of one pixel: a linear map of the channels, the same at every pixel. */
export const pointwise = operation({
  id: 'efficient.pointwise',
  title: 'Pointwise convolution',
  level: 'core',
  dimensions: {
    ...image,
    K: free(1, 4, 'channels'),
    Q: free(1, 4, 'filters'),
    I: one,
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    filters: array('the filters, P', 'I', 'I', 'K', 'Q'),
  },
  parameters: {},
  usual: [
    { sizes: { N: 1, H: 1, W: 1, Q: ({ K }) => K! } },
    { sizes: { N: 1, H: 7, W: 7 } },
    { sizes: { Q: ({ K }) => 2 * K!, W: ({ H }) => H! } },
  ],
  sums: [{ sizes: { N: 2, H: 4, W: 4, K: 81, Q: 32 } }],
  outputs: { y: array('the responses', 'N', 'H', 'W', 'Q') },
  classes: {
    'one channel': ({ sizes }: CaseView) => sizes.K === 1,
    'one filter': ({ sizes }: CaseView) => sizes.Q === 1,
    'a single row or column': ({ sizes }: CaseView) => sizes.H === 1 || sizes.W === 1,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  },
})

/** Its gradients. */
export const pointwiseGradient = gradientOf(pointwise, {
  title: 'Gradients of the pointwise convolution',
  sums: [{ sizes: { N: 1, H: 9, W: 9, K: 16, Q: 81 } }],
})

/** A pointwise convolution in groups: each block of filters sees its own block of channels. */
export const groupPointwise = operation({
  id: 'efficient.groupPointwise',
  title: 'Pointwise convolution in groups',
  level: 'core',
  dimensions: {
    ...image,
    G: free(1, 3, 'groups'),
    A: free(1, 3, 'channels of a group'),
    B: free(1, 3, 'filters of a group'),
    C: derived(({ G, A }: Sizes) => G! * A!, 'channels'),
    Q: derived(({ G, B }: Sizes) => G! * B!, 'filters'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'C'),
    filters: array('the filters of each group', 'G', 'A', 'B'),
  },
  parameters: {},
  usual: [
    { sizes: { G: 3, B: ({ A }) => A! } },
    { sizes: { G: 2, W: ({ H }) => H! } },
    { sizes: { G: 1 } },
  ],
  sums: [{ sizes: { N: 2, H: 4, W: 4, G: 2, A: 81, B: 16 } }],
  outputs: { y: array('the responses, group after group', 'N', 'H', 'W', 'Q') },
  classes: {
    'one group': ({ sizes }: CaseView) => sizes.G === 1,
    'several groups': ({ sizes }: CaseView) => sizes.G! > 1,
    'groups of one channel': ({ sizes }: CaseView) => sizes.G! > 1 && sizes.A === 1,
    'groups of one filter': ({ sizes }: CaseView) => sizes.G! > 1 && sizes.B === 1,
    'several groups of several channels and filters': ({ sizes }: CaseView) =>
      sizes.G! > 1 && sizes.A! > 1 && sizes.B! > 1,
    'a single row or column': ({ sizes }: CaseView) => sizes.H === 1 || sizes.W === 1,
  },
})

/** Its gradients. */
export const groupPointwiseGradient = gradientOf(groupPointwise, {
  title: 'Gradients of the pointwise convolution in groups',
  sums: [{ sizes: { N: 1, H: 9, W: 9, G: 2, A: 8, B: 81 } }],
})

export const groups = clause({
  id: 'efficient.shufflenet.group-pointwise',
  title: 'Groups divide the channels among themselves',
  kind: 'formula',
  operations: [groupPointwise, groupPointwiseGradient, pointwise, pointwiseGradient, conv2d],
  statement:
    'The channels are divided into $g$ blocks, and so are the filters; the filters of block $r$ see the channels of block $r$ and no others. It is a pointwise convolution whose matrix is block-diagonal: $1/g$ of the weights and of the multiply-adds of the whole matrix. One group is the pointwise convolution itself; as many groups as channels and filters multiply each channel by a number.',
  formula: String.raw`y_{n,i,j,\,rB+b} = \sum_{a=0}^{A-1} x_{n,i,j,\,rA+a}\; F_{rab},\qquad C = gA,\; Q = gB,\qquad gAB = \frac{CQ}{g}`,
  domain: 'Finite numbers; channels and filters that the groups divide without rest.',
  conventions: [
    {
      choice: 'The filters of a group are an A × B matrix, so that the array tells the groups.',
      others:
        'PyTorch and ONNX give a number of groups and weights Q × A × 1 × 1; TensorFlow weights 1 × 1 × A × Q, whose number of channels tells the groups.',
    },
  ],
  source: {
    notes: [[298, 298]],
    publications: [{ ...shuffleNet, where: 'section 3.1' }],
  },
  errata: [
    {
      id: 'E-32',
      lines: [298, 298],
      says: 'The filters of all groups work on the same input, which gives richer representations.',
      counterexample:
        'One pixel with channels 1 and 2, two groups, all weights 1: read literally, both groups see both channels, 3 and 3; in groups the answer is 1 and 2.',
      correction:
        'Each group sees its own share of the channels; on the whole input the groups would be an ordinary convolution. The purpose is to save multiply-adds, and the network is named for the shuffle that lets groups exchange channels.',
      settledBy: { ...shuffleNet, where: 'sections 3.1 and 3.2' },
    },
  ],
})
