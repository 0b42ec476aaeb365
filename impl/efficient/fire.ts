import * as tf from '@tensorflow/tfjs-core'
import type { fireGradient as gradientSpec, fire as spec } from '../../spec/efficient/fire.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import type { Fast } from '../operation.ts'

const rectified = { activation: 'relu' } as const

/**
 * Fire module.
 *
 * Clauses    efficient.squeezenet.fire
 * Fast by    one kernel for each convolution with its bias and rectifier
 */
export const fire: Fast<typeof spec> = ({
  x,
  squeeze,
  squeezeBias,
  expand1,
  expand1Bias,
  expand3,
  expand3Bias,
}) => {
  const z = convolve(x, squeeze, squeezeBias, rectified)
  const small = convolve(z, expand1, expand1Bias, rectified)
  return { y: tf.concat([small, convolve(z, expand3, expand3Bias, rectified)], 3) }
}

/**
 * Gradients of the fire module.
 *
 * Clauses    efficient.squeezenet.fire
 * Fast by    the gradient of each convolution as convolutions
 */
export const fireGradient: Fast<typeof gradientSpec> = ({
  x,
  squeeze,
  squeezeBias,
  expand1,
  expand1Bias,
  expand3,
  expand3Bias,
  dy,
}) => {
  const z = convolve(x, squeeze, squeezeBias, rectified)
  const small = convolve(z, expand1, expand1Bias)
  const large = convolve(z, expand3, expand3Bias)
  const A = small.shape[3]!
  const dSmall = tf.slice(dy, [0, 0, 0, 0], small.shape)
  const dLarge = tf.slice(dy, [0, 0, 0, A], large.shape)

  const by1 = convolveGradient(z, expand1, rectifyGradient(small, dSmall))
  const by3 = convolveGradient(z, expand3, rectifyGradient(large, dLarge))
  const dz = rectifyGradient(z, tf.add(by1.dx, by3.dx))
  const first = convolveGradient(x, squeeze, dz)
  return {
    dx: first.dx,
    dSqueeze: first.dFilters,
    dSqueezeBias: first.dBias,
    dExpand1: by1.dFilters,
    dExpand1Bias: by1.dBias,
    dExpand3: by3.dFilters,
    dExpand3Bias: by3.dBias,
  }
}
