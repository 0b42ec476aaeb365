import * as tf from '@tensorflow/tfjs-core'
import type {
  separableGradient as gradientSpec,
  separable as spec,
} from '../../spec/efficient/separable.ts'
import { biasGradient } from '../layers/bias.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import type { Fast } from '../operation.ts'
import { depthwise, depthwiseGradient } from './depthwise.ts'
import { pointwise, pointwiseGradient } from './pointwise.ts'

type Activation = 'linear' | 'relu'

function finish(y: tf.Tensor, bias: tf.Tensor, activation: Activation): tf.Tensor {
  const response = tf.add(y, bias)
  return activation === 'relu' ? tf.relu(response) : response
}

/**
 * Depthwise separable block.
 *
 * Clauses    efficient.mobilenet.dsc
 * Fast by    the backend's depthwise kernel and one matrix product. Bias and rectifier are no part of
 *            the kernel: WebGPU finds a fused depthwise kernel again by a key that does not tell
 *            whether it adds a bias
 */
export const separable: Fast<typeof spec> = (
  { x, depthwise: D, depthwiseBias, pointwise: P, pointwiseBias },
  { activation, ...windows },
) => {
  const g = finish(depthwise({ x, filters: D }, windows).y, depthwiseBias, activation)
  return { y: finish(pointwise({ x: g, filters: P }, {}).y, pointwiseBias, activation) }
}

/**
 * Gradients of the depthwise separable block.
 *
 * Clauses    efficient.mobilenet.dsc
 * Fast by    the gradients of both convolutions; a rectified response itself says where its rectifier
 *            lets through
 */
export const separableGradient: Fast<typeof gradientSpec> = (
  { x, depthwise: D, depthwiseBias, pointwise: P, pointwiseBias, dy },
  { activation, ...windows },
) => {
  const back = (response: tf.Tensor, d: tf.Tensor) =>
    activation === 'relu' ? rectifyGradient(response, d) : d

  const g = finish(depthwise({ x, filters: D }, windows).y, depthwiseBias, activation)
  const response = tf.add(pointwise({ x: g, filters: P }, {}).y, pointwiseBias)
  const e = back(response, dy)
  const second = pointwiseGradient({ x: g, filters: P, dy: e }, {})
  const f = back(g, second.dx)
  const first = depthwiseGradient({ x, filters: D, dy: f }, windows)
  return {
    dx: first.dx,
    dDepthwise: first.dFilters,
    dDepthwiseBias: biasGradient(f),
    dPointwise: second.dFilters,
    dPointwiseBias: biasGradient(e),
  }
}
