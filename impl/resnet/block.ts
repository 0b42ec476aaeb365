import * as tf from '@tensorflow/tfjs-core'
import type { block as blockSpec, blockGradient as gradientSpec } from '../../spec/resnet/block.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import type { Fast } from '../operation.ts'

/**
 * Basic residual block.
 *
 * Clauses    resnet.block.forward, resnet.block.identity-free, resnet.basic-block
 * Fast by    one kernel for each convolution with its bias and rectifier
 */
export const block: Fast<typeof blockSpec> = (
  { x, filters1, bias1, filters2, bias2 },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? tf.relu(x) : x
  const hidden = convolve(entry, filters1, bias1, { activation: 'relu' })
  const branch = convolve(hidden, filters2, bias2)
  const joined = shortcut === 'identity' ? tf.add(x, branch) : branch
  return { y: variant === 'original' ? tf.relu(joined) : joined }
}

/**
 * Gradients of the basic residual block.
 *
 * Clauses    resnet.block.gradient
 * Fast by    the gradient of each convolution as convolutions; the rectified sum itself says where
 *            its rectifier lets through
 */
export const blockGradient: Fast<typeof gradientSpec> = (
  { x, filters1, bias1, filters2, bias2, dy },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? tf.relu(x) : x
  const hidden = convolve(entry, filters1, bias1, { activation: 'relu' })
  let g = dy
  if (variant === 'original') {
    const branch = convolve(hidden, filters2, bias2)
    g = rectifyGradient(shortcut === 'identity' ? tf.add(x, branch) : branch, dy)
  }
  const second = convolveGradient(hidden, filters2, g)
  const first = convolveGradient(entry, filters1, rectifyGradient(hidden, second.dx))
  const back = variant === 'pre-activation' ? rectifyGradient(x, first.dx) : first.dx
  return {
    dx: shortcut === 'identity' ? tf.add(g, back) : back,
    dFilters1: first.dFilters,
    dBias1: first.dBias,
    dFilters2: second.dFilters,
    dBias2: second.dBias,
  }
}
