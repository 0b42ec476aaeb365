import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, operation } from '../language/operation.ts'
import { sizes } from '../language/parameter.ts'
import { goodfellowPooling, maxPool } from './pool.ts'
import {
  paddingBelowKernel,
  poolClasses,
  poolDimensions,
  poolParameters,
  windowSize,
} from './pool-window.ts'
import { usualPooling } from './usual.ts'

/** Where the largest number under a window stands, the derivative by that output arrives. */
export const maxPoolGradient = gradientOf(maxPool, { title: 'Gradient of max pooling' })

/** Each pixel gets its share of the derivative by every average that counts it. */
export const averagePoolGradient = operation({
  id: 'cnn.averagePoolGradient',
  title: 'Gradient of average pooling',
  level: 'gradients',
  dimensions: poolDimensions,
  inputs: { dy: array('the derivative of the loss by the outputs', 'N', 'Ho', 'Wo', 'K') },
  parameters: { ...poolParameters, image: sizes('H', 'W') },
  constraints: [paddingBelowKernel],
  usual: usualPooling,
  effort: windowSize,
  sums: [
    {
      sizes: { N: 1, H: 30, W: 30, K: 4 },
      parameters: { kernel: [8, 8], strides: [1, 1], padding: 'valid' },
    },
  ],
  outputs: { dx: array('the derivative of the loss by the image', 'N', 'H', 'W', 'K') },
  classes: poolClasses,
})

export const backward = clause({
  id: 'cnn.pool.backward',
  title: 'Max pooling hands a gradient to one pixel, average pooling to all alike',
  kind: 'gradient',
  operations: [maxPoolGradient, averagePoolGradient],
  statement:
    'The gradient by an output of max pooling goes, whole, to the pixel that holds the largest number under its window; a pixel that is the largest under several windows gets the sum. The gradient by an output of average pooling goes to every pixel under its window in equal parts. Either way nothing is lost: all that comes in goes out.',
  formula: String.raw`\frac{\partial E}{\partial x_{npqk}} = \sum_{ij \,:\, (p,q) = \arg\max_{\Omega_{ij}} x_{n::k}} \frac{\partial E}{\partial y_{nijk}}\quad\text{or}\quad \sum_{ij \,:\, (p,q) \in \Omega_{ij}} \frac{1}{|\Omega_{ij}|} \frac{\partial E}{\partial y_{nijk}}`,
  domain: 'Finite numbers; any sizes that leave a window; padding narrower than the kernel.',
  conventions: [
    {
      choice:
        'Of equal numbers under a window, the first in reading order (row by row) gets the gradient.',
      others:
        'Any share among them is a subgradient. TensorFlow and PyTorch take the first on the CPU; some code shares it equally, or gives it to each.',
    },
  ],
  source: {
    notes: [[18, 18]],
    publications: [{ ...goodfellowPooling, where: 'section 9.3, by differentiation' }],
  },
  errata: [],
})
