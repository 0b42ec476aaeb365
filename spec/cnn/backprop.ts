import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { sizes } from '../language/parameter.ts'
import { conv2d, convolutionClasses, convolutionDimensions, plainly, unseenEnd } from './conv2d.ts'
import { dumoulinVisin, goodfellow } from './publications.ts'
import { usualWindows } from './usual.ts'
import { dilations, padding, strides } from './window.ts'

const dy = array('the gradient of the loss by the responses', 'N', 'Ho', 'Wo', 'Q')

/** The gradient of a convolution by its images. */
export const conv2dInputGradient = operation({
  id: 'cnn.conv2dInputGradient',
  title: 'Gradient of a convolution by its input',
  level: 'gradients',
  dimensions: convolutionDimensions,
  inputs: { filters: array('the bank of filters', 'Hf', 'Wf', 'K', 'Q'), dy },
  parameters: { imageSize: sizes('H', 'W'), strides, dilations, padding },
  usual: usualWindows,
  sums: [{ sizes: { N: 1, Hf: 3, Wf: 3, K: 16, Q: 9, H: 12, W: 12 }, parameters: plainly }],
  outputs: { dx: array('the gradient by the images', 'N', 'H', 'W', 'K') },
  classes: { ...convolutionClasses, ...unseenEnd },
})

/** The gradient of a convolution by its filters. */
export const conv2dFilterGradient = operation({
  id: 'cnn.conv2dFilterGradient',
  title: 'Gradient of a convolution by its filters',
  level: 'gradients',
  dimensions: convolutionDimensions,
  inputs: { x: array('the images', 'N', 'H', 'W', 'K'), dy },
  parameters: { kernelSize: sizes('Hf', 'Wf'), strides, dilations, padding },
  usual: usualWindows,
  sums: [{ sizes: { N: 2, Hf: 3, Wf: 3, K: 8, Q: 16, H: 9, W: 8 }, parameters: plainly }],
  outputs: { dFilters: array('the gradient by the filters', 'Hf', 'Wf', 'K', 'Q') },
  classes: { ...convolutionClasses, ...unseenEnd },
})

/** The gradient of a convolution by its biases. */
export const conv2dBiasGradient = operation({
  id: 'cnn.conv2dBiasGradient',
  title: 'Gradient of a convolution by its biases',
  level: 'gradients',
  dimensions: {
    N: free(1, 3, 'images'),
    Ho: free(1, 6, 'rows of the responses'),
    Wo: free(1, 6, 'columns of the responses'),
    Q: free(1, 4, 'filters'),
  },
  inputs: { dy },
  parameters: {},
  usual: [{ sizes: { Wo: ({ Ho }) => Ho! } }, { sizes: { N: 1, Ho: 7, Wo: 7 } }],
  sums: [{ sizes: { N: 2, Ho: 7, Wo: 6, Q: 1024 } }],
  outputs: { dBias: array('the gradient by the biases', 'Q') },
  classes: {
    'several images': ({ sizes }: CaseView) => sizes.N! > 1,
    'one filter': ({ sizes }: CaseView) => sizes.Q === 1,
    'several filters': ({ sizes }: CaseView) => sizes.Q! > 1,
    'one row': ({ sizes }: CaseView) => sizes.Ho === 1,
    'one column': ({ sizes }: CaseView) => sizes.Wo === 1,
  },
})

const order = {
  choice: 'dy is the gradient of the loss by y; gradients add up over the images of a batch.',
  others: 'Where the loss is a mean over the batch, the mean is already in dy.',
} as const

const kernelSizes = {
  choice: 'The size of the result is given: with a stride it does not follow from the other sizes.',
  others: 'Transposed convolutions of libraries take an output padding instead.',
} as const

export const filterGradient = clause({
  id: 'cnn.backprop.filter-gradient',
  title: 'A weight collects its pixel at every position, times the gradient there',
  kind: 'gradient',
  operations: [conv2dFilterGradient, conv2d],
  statement:
    'The gradient of the loss by a weight is the sum, over all images and positions, of the pixel that the weight lies on times the gradient of the response there. It is linear in the images and in the gradient that arrives, and does not depend on the weights.',
  formula: String.raw`\frac{\partial L}{\partial F_{uvkq}} = \sum_{n,i,j} x^{\mathrm{pad}}_{n,\,S_h i + D_h u,\,S_w j + D_w v,\,k}\; \delta_{nijq},\qquad \delta = \frac{\partial L}{\partial y}`,
  domain: 'Finite numbers; any stride, dilation and padding.',
  conventions: [order, kernelSizes],
  source: {
    notes: [[18, 18]],
    publications: [{ ...goodfellow, where: 'section 9.5' }],
  },
  errata: [],
})

export const inputGradient = clause({
  id: 'cnn.backprop.input-gradient',
  title: 'A pixel collects the gradients of all windows that cover it',
  kind: 'gradient',
  operations: [conv2dInputGradient, conv2d],
  statement:
    'The gradient of the loss by a pixel is the sum, over the positions whose window covers it and over all filters, of the weight that lies on it times the gradient of the response. It is the transposed convolution: the inner product of $C_F(x)$ with any $\\delta$ is that of $x$ with the gradient.',
  formula: String.raw`\frac{\partial L}{\partial x_{nabk}} = \sum_{u,v,q} F_{uvkq}\, \delta_{nijq}\ \text{ with } S_h i = a + P_t - D_h u,\ S_w j = b + P_l - D_w v;\qquad \langle C_F(x), \delta \rangle = \langle x, C_F^{\mathsf T}(\delta) \rangle`,
  domain: 'Finite numbers; any stride, dilation and padding; pixels that no window covers get 0.',
  conventions: [order, kernelSizes],
  source: {
    notes: [[18, 18]],
    publications: [
      { ...goodfellow, where: 'section 9.5' },
      { ...dumoulinVisin, where: 'chapter 4' },
    ],
  },
  errata: [],
})

export const biasGradient = clause({
  id: 'cnn.backprop.bias-gradient',
  title: 'A bias collects the gradients of all responses of its filter',
  kind: 'gradient',
  operations: [conv2dBiasGradient, conv2d],
  statement:
    'The gradient of the loss by the bias of a filter is the sum of the gradients of its responses, over all positions and images, in whatever order.',
  formula: String.raw`\frac{\partial L}{\partial b_q} = \sum_{n,i,j} \delta_{nijq}`,
  domain: 'Finite numbers.',
  conventions: [order],
  source: {
    notes: [[18, 18]],
    publications: [{ ...goodfellow, where: 'section 9.5, by differentiation' }],
  },
  errata: [],
})
