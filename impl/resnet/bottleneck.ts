import * as tf from '@tensorflow/tfjs-core'
import type {
  bottleneckGradient as gradientSpec,
  bottleneckLayers as layersSpec,
  bottleneck as spec,
} from '../../spec/resnet/bottleneck.ts'
import { counts, countsInRows } from '../layers/counts.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import type { Fast } from '../operation.ts'

/**
 * Bottleneck residual block.
 *
 * Clauses    resnet.bottleneck.shapes
 * Fast by    one kernel for each convolution with its bias and rectifier
 */
export const bottleneck: Fast<typeof spec> = (
  { x, reduce, reduceBias, filters, bias, expand, expandBias },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? tf.relu(x) : x
  const narrow = convolve(entry, reduce, reduceBias, { activation: 'relu' })
  const spread = convolve(narrow, filters, bias, { activation: 'relu' })
  const branch = convolve(spread, expand, expandBias)
  const joined = shortcut === 'identity' ? tf.add(x, branch) : branch
  return { y: variant === 'original' ? tf.relu(joined) : joined }
}

/**
 * Gradients of the bottleneck residual block.
 *
 * Clauses    resnet.bottleneck.shapes
 * Fast by    the gradient of each convolution as convolutions
 */
export const bottleneckGradient: Fast<typeof gradientSpec> = (
  { x, reduce, reduceBias, filters, bias, expand, expandBias, dy },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? tf.relu(x) : x
  const narrow = convolve(entry, reduce, reduceBias, { activation: 'relu' })
  const spread = convolve(narrow, filters, bias, { activation: 'relu' })
  let g = dy
  if (variant === 'original') {
    const branch = convolve(spread, expand, expandBias)
    g = rectifyGradient(shortcut === 'identity' ? tf.add(x, branch) : branch, dy)
  }
  const third = convolveGradient(spread, expand, g)
  const second = convolveGradient(narrow, filters, rectifyGradient(spread, third.dx))
  const first = convolveGradient(entry, reduce, rectifyGradient(narrow, second.dx))
  const back = variant === 'pre-activation' ? rectifyGradient(x, first.dx) : first.dx
  return {
    dx: shortcut === 'identity' ? tf.add(g, back) : back,
    dReduce: first.dFilters,
    dReduceBias: first.dBias,
    dFilters: second.dFilters,
    dBias: second.dBias,
    dExpand: third.dFilters,
    dExpandBias: third.dBias,
  }
}

/**
 * Shapes and weights of a bottleneck block.
 *
 * Clauses    resnet.bottleneck.shapes, resnet.bottleneck.params
 * By         counting the elements of the filters, and asking the library what shape each convolution
 *            gives
 */
export const bottleneckLayers: Fast<typeof layersSpec> = (
  _,
  { rows, columns, channels, inside },
) => {
  const filters = [
    [1, 1, channels, inside],
    [3, 3, inside, inside],
    [1, 1, inside, channels],
  ] as const
  const weights = filters.map((filter) => tf.util.sizeFromShape([...filter]))
  const shapes = [[rows, columns, channels]]
  const multiplyAdds: number[] = []
  for (const [i, filter] of filters.entries()) {
    const [H, W, C] = shapes.at(-1) as [number, number, number]
    const pad = (filter[0] - 1) / 2
    const { outShape } = tf.backend_util.computeConv2DInfo([1, H, W, C], [...filter], 1, 1, pad)
    shapes.push(outShape.slice(1))
    multiplyAdds.push(outShape[1]! * outShape[2]! * weights[i]!)
  }
  const wide = tf.util.sizeFromShape([3, 3, channels, channels])
  return {
    weights: counts(weights),
    shapes: countsInRows(shapes),
    multiplyAdds: counts(multiplyAdds),
    ratio: tf.scalar((2 * wide) / weights.reduce((sum, count) => sum + count)),
  }
}
