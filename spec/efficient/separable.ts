import { conv2d, plainly } from '../cnn/conv2d.ts'
import { usualDepthwise } from '../cnn/usual.ts'
import { except } from '../language/classes.ts'
import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation, optional } from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { passing } from '../resnet/block.ts'
import { one } from '../resnet/projection.ts'
import { depthwise } from './depthwise.ts'
import { pointwise } from './pointwise.ts'
import { mobileNets } from './publications.ts'

/** What follows each of the two convolutions: nothing, or a rectifier. */
const activation = choice('linear', 'relu')

const plainlyLinear = { ...plainly, activation: 'linear' } as const

/** A depthwise convolution, then a pointwise one, each with its bias and perhaps a rectifier. */
export const separable = operation({
  id: 'efficient.separable',
  title: 'Depthwise separable block',
  level: 'core',
  dimensions: {
    ...depthwise.dimensions,
    Q: free(1, 3, 'channels of the output'),
    I: one,
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    depthwise: array('the filters of every channel, D', 'Hf', 'Wf', 'K', 'M'),
    depthwiseBias: optional(array('their bias', 'P')),
    pointwise: array('the filters that mix the channels, P', 'I', 'I', 'P', 'Q'),
    pointwiseBias: optional(array('their bias', 'Q')),
  },
  parameters: { ...depthwise.parameters, activation },
  usual: usualDepthwise,
  sums: [
    {
      sizes: { N: 2, Hf: 9, Wf: 9, K: 8, M: 1, H: 16, W: 16, Q: 8 },
      parameters: plainlyLinear,
      arrays: passing('pointwise', 'pointwiseBias'),
    },
    {
      sizes: { N: 2, Hf: 1, Wf: 1, K: 81, M: 1, H: 4, W: 4, Q: 32 },
      parameters: plainlyLinear,
      arrays: { depthwise: 'ones', depthwiseBias: 'zeros' },
    },
  ],
  outputs: { y: array('the output of the block', 'N', 'Ho', 'Wo', 'Q') },
  classes: {
    // Here that takes more cases than it is worth: the depthwise convolution itself reaches it.
    ...except(depthwise.classes, 'padding same, an end unseen'),
    linear: ({ parameters }: CaseView) => parameters.activation === 'linear',
    rectified: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'more channels out than in': ({ sizes }: CaseView) => sizes.Q! > sizes.K!,
  },
})

/** Its gradients. */
export const separableGradient = gradientOf(separable, {
  title: 'Gradients of the depthwise separable block',
  sums: [
    {
      sizes: { N: 1, Hf: 1, Wf: 1, K: 32, M: 1, H: 9, W: 9, Q: 32 },
      parameters: plainlyLinear,
      arrays: {
        depthwise: 'ones',
        depthwiseBias: 'zeros',
        ...passing('pointwise', 'pointwiseBias'),
      },
    },
    {
      sizes: { N: 2, Hf: 1, Wf: 1, K: 16, M: 1, H: 4, W: 4, Q: 81 },
      parameters: plainlyLinear,
      arrays: { depthwise: 'ones' },
    },
  ],
})

export const factorized = clause({
  id: 'efficient.mobilenet.dsc',
  title: 'A separable block is a convolution whose filters are products',
  kind: 'formula',
  operations: [separable, separableGradient, depthwise, pointwise, conv2d],
  statement:
    'A depthwise separable block filters every channel by itself and then mixes the channels pixel by pixel. Without rectifiers it is a standard convolution with the filters $F_{uvkq} = \\sum_m D_{uvkm} P_{kM+m,q}$: for one filter a channel, the same $H′ × W′$ pattern of a channel for every output, only with another factor, so that most banks of filters cannot be written like this.',
  formula: String.raw`g = \psi(D \circledast x + b_D),\quad y = \psi(P * g + b_P);\qquad \psi = \mathrm{id}:\ y = F * x + b,\quad F_{uvkq} = \sum_m D_{uvkm}\,P_{kM+m,\,q},\quad b = b_P + P^\top b_D`,
  domain: 'Finite numbers; any sizes that leave at least one window.',
  conventions: [
    {
      choice: 'No batch normalization: its effect in inference is part of filters and biases.',
      others: 'MobileNet normalizes after each of both convolutions.',
    },
    {
      choice: 'A rectifier after both convolutions, as in MobileNet, or after neither.',
      others: 'Xception has none between them; MobileNetV2 has none after the last one.',
    },
    {
      choice: 'The slope of the rectifier at 0 is 0.',
      others: 'Any number from 0 to 1 is a subgradient; frameworks agree on 0.',
    },
  ],
  source: {
    notes: [[290, 290]],
    publications: [{ ...mobileNets, where: 'section 3.1, equations 1 to 3, and figure 3' }],
  },
  errata: [],
})
