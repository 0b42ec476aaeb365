import * as tf from '@tensorflow/tfjs-core'
import type {
  projectionBlockGradient as gradientSpec,
  projectionBlock as spec,
} from '../../spec/resnet/projection.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import type { Fast } from '../operation.ts'

/**
 * Residual block with a projection shortcut.
 *
 * Clauses    resnet.skip.same-size, resnet.downsample.stride2
 * Fast by    one kernel for each convolution with its bias and rectifier
 */
export const projectionBlock: Fast<typeof spec> = (
  { x, filters1, bias1, filters2, bias2, projection },
  { stride, variant },
) => {
  const entry = variant === 'pre-activation' ? tf.relu(x) : x
  const hidden = convolve(entry, filters1, bias1, { stride, activation: 'relu' })
  const branch = convolve(hidden, filters2, bias2)
  const joined = tf.add(convolve(x, projection, null, { stride }), branch)
  return { y: variant === 'original' ? tf.relu(joined) : joined }
}

/**
 * Gradients of the residual block with a projection shortcut.
 *
 * Clauses    resnet.skip.same-size
 * Fast by    the gradient of each convolution as convolutions
 */
export const projectionBlockGradient: Fast<typeof gradientSpec> = (
  { x, filters1, bias1, filters2, bias2, projection, dy },
  { stride, variant },
) => {
  const entry = variant === 'pre-activation' ? tf.relu(x) : x
  const hidden = convolve(entry, filters1, bias1, { stride, activation: 'relu' })
  let g = dy
  if (variant === 'original') {
    const branch = convolve(hidden, filters2, bias2)
    g = rectifyGradient(tf.add(convolve(x, projection, null, { stride }), branch), dy)
  }
  const second = convolveGradient(hidden, filters2, g)
  const dInner = rectifyGradient(hidden, second.dx)
  const first = convolveGradient(entry, filters1, dInner, { stride })
  const back = variant === 'pre-activation' ? rectifyGradient(x, first.dx) : first.dx
  const side = convolveGradient(x, projection, g, { stride })
  return {
    dx: tf.add(side.dx, back),
    dFilters1: first.dFilters,
    dBias1: first.dBias,
    dFilters2: second.dFilters,
    dBias2: second.dBias,
    dProjection: side.dFilters,
  }
}
