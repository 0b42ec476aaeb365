import type { Definition } from '../define.ts'

type Steps = Readonly<Record<'strides' | 'dilations', readonly number[]>>

/** "If it is greater than 1, then all values of `strides` must be 1", says the page of each call. */
const strideOrDilation = ({ parameters: { strides, dilations } }: { parameters: Steps }) =>
  [strides, dilations].some((steps) => steps.every((step) => step === 1)) ||
  'a stride above 1 beside a dilation above 1'

/**
 * What the documentation of TensorFlow.js excludes (https://js.tensorflow.org/api/4.22.0/#conv2d). What
 * it refuses and does not document, such as a gradient with a dilation, is not declared: it is a finding.
 */
export const domains: Definition['supports'] & object = {
  'cnn.conv2d': strideOrDilation,
  'cnn.conv2dInputGradient': strideOrDilation,
  'cnn.conv2dFilterGradient': strideOrDilation,
  'efficient.depthwise': strideOrDilation,
  'efficient.depthwiseGradient': strideOrDilation,
}
