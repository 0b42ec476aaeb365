import { convolutionClasses, plainly, unseenEnd } from '../cnn/conv2d.ts'
import { usualDepthwise } from '../cnn/usual.ts'
import { dilations, outputSize, padding, smallestImage, strides } from '../cnn/window.ts'
import { except } from '../language/classes.ts'
import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  atLeast,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { mobileNets } from './publications.ts'

/** A convolution in which every channel has filters of its own and sees no other channel. */
export const depthwise = operation({
  id: 'efficient.depthwise',
  title: 'Depthwise convolution',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'images'),
    Hf: free(1, 3, 'rows of the kernel'),
    Wf: free(1, 3, 'columns of the kernel'),
    K: free(1, 3, 'channels'),
    M: free(1, 2, 'filters of a channel'),
    H: atLeast(smallestImage(0), 4, 'rows', 'the extent of the kernel less the padding'),
    W: atLeast(smallestImage(1), 4, 'columns', 'the extent of the kernel less the padding'),
    Ho: derived(outputSize(0), 'rows of the output'),
    Wo: derived(outputSize(1), 'columns of the output'),
    P: derived(({ K, M }: Sizes) => K! * M!, 'filters of all channels'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    filters: array('the filters of every channel, D', 'Hf', 'Wf', 'K', 'M'),
  },
  parameters: { strides, dilations, padding },
  usual: usualDepthwise,
  sums: [{ sizes: { N: 2, Hf: 9, Wf: 9, K: 8, M: 1, H: 16, W: 16 }, parameters: plainly }],
  outputs: { y: array('the responses of each channel, side by side', 'N', 'Ho', 'Wo', 'P') },
  classes: {
    ...except(convolutionClasses, 'one filter', 'sizes coincide', 'kernel of 1 × 1'),
    ...unseenEnd,
    'one filter a channel': ({ sizes }: CaseView) => sizes.M === 1,
    'several filters a channel': ({ sizes }: CaseView) => sizes.M! > 1,
    'four channels': ({ sizes }: CaseView) => sizes.K === 4,
  },
})

/** Its gradients. */
export const depthwiseGradient = gradientOf(depthwise, {
  title: 'Gradients of the depthwise convolution',
  sums: [{ sizes: { N: 2, Hf: 4, Wf: 4, K: 16, M: 4, H: 10, W: 9 }, parameters: plainly }],
})

export const channelsApart = clause({
  id: 'efficient.mobilenet.depthwise',
  title: 'A depthwise convolution looks at one channel at a time',
  kind: 'formula',
  operations: [depthwise, depthwiseGradient],
  statement:
    'Each channel of the image is filtered by its own $M$ kernels and by nothing else, so a response and its gradient depend on one channel only. It is what a convolution gives whose bank is zero between different channels. With a kernel of 1 × 1 it multiplies each channel by a number.',
  formula: String.raw`y_{n,i,j,kM+m} = \sum_{u,v} x^{\mathrm{pad}}_{n,\,S_h i + D_h u,\,S_w j + D_w v,\,k}\; D_{uvkm}`,
  domain: 'Finite numbers; any sizes that leave at least one window.',
  conventions: [
    {
      choice: 'Filter m of channel k gives channel kM + m; MobileNet has M = 1.',
      others:
        'PyTorch orders them alike, as a convolution with K groups and weights KM × 1 × H′ × W′.',
    },
    {
      choice: 'Without a bias.',
      others: 'The separable block adds one; MobileNet normalizes instead.',
    },
  ],
  source: {
    notes: [[290, 290]],
    publications: [{ ...mobileNets, where: 'section 3.1, equation 3' }],
  },
  errata: [],
})
