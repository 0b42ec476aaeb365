import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, operation } from '../language/operation.ts'
import { conv2dFilterGradient } from './backprop.ts'
import { conv2d, convolutionClasses, convolutionDimensions, plainly } from './conv2d.ts'
import { goodfellow, lecun } from './publications.ts'
import { usualWindows } from './usual.ts'
import { dilations, padding, strides } from './window.ts'

/** A layer like a convolution, but every position has weights and biases of its own. */
export const locallyConnected = operation({
  id: 'cnn.locallyConnected',
  title: 'Locally connected layer, with weights of its own at each position',
  level: 'core',
  dimensions: convolutionDimensions,
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    filters: array('a bank of filters for each position', 'Ho', 'Wo', 'Hf', 'Wf', 'K', 'Q'),
    bias: array('one number a position and filter', 'Ho', 'Wo', 'Q'),
  },
  parameters: { strides, dilations, padding },
  usual: usualWindows,
  sums: [{ sizes: { N: 4, Hf: 3, Wf: 3, K: 9, Q: 16, H: 6, W: 6 }, parameters: plainly }],
  outputs: { y: array('the responses', 'N', 'Ho', 'Wo', 'Q') },
  classes: convolutionClasses,
})

/** The gradients of a locally connected layer. */
export const locallyConnectedGradient = gradientOf(locallyConnected, {
  title: 'Gradients of a locally connected layer',
  without: ['bias'],
  sums: [
    { sizes: { N: 84, Hf: 2, Wf: 2, K: 8, Q: 8, H: 3, W: 3 }, parameters: plainly },
    { sizes: { N: 16, Hf: 1, Wf: 1, K: 16, Q: 81, H: 2, W: 2 }, parameters: plainly },
  ],
})

export const shareWeights = clause({
  id: 'cnn.share.weights',
  title: 'A convolution uses the same weights at every position',
  kind: 'law',
  operations: [locallyConnected, locallyConnectedGradient, conv2d, conv2dFilterGradient],
  statement:
    'A convolution is a locally connected layer whose banks and biases are the same at every position. Its weights are used at every position, so their gradient is the sum of the gradients that the weights of each position would have. Different filters have different weights.',
  formula: String.raw`F^{(ij)} = F,\ b^{(ij)} = b \ \text{for all } i, j \;\Rightarrow\; y^{\mathrm{local}} = y^{\mathrm{conv}},\quad \frac{\partial L}{\partial F} = \sum_{i,j} \frac{\partial L}{\partial F^{(ij)}},\quad \frac{\partial L}{\partial b} = \sum_{i,j} \frac{\partial L}{\partial b^{(ij)}}`,
  domain: 'Finite numbers; any sizes that leave at least one window.',
  conventions: [
    {
      choice: 'The bank of a position is F[i, j], and biases differ by position as well.',
      others: 'Keras flattens positions and windows: (Ho·Wo) × (Hf·Wf·K) × Q.',
    },
  ],
  source: {
    notes: [[15, 15]],
    publications: [
      { ...goodfellow, where: 'section 9.5, unshared convolution' },
      { ...lecun, where: 'section II.A' },
    ],
  },
  errata: [],
})
