import * as tf from '@tensorflow/tfjs-core'
import type {
  mobilenet as networkSpec,
  scaledCost as scaledSpec,
  separableCost as spec,
} from '../../spec/efficient/mobilenet.ts'
import { count, counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

interface Layer {
  readonly weights: number
  readonly multiplyAdds: number
  readonly side: number
}

/** A square convolution that keeps sides but for its stride, as the library describes it. */
function convolution(side: number, kernel: number, from: number, to: number, stride = 1): Layer {
  const shape: [number, number, number, number] = [kernel, kernel, from, to]
  const { outHeight } = tf.backend_util.computeConv2DInfo(
    [1, side, side, from],
    shape,
    stride,
    1,
    'same',
  )
  const weights = tf.util.sizeFromShape(shape)
  return { weights, multiplyAdds: weights * outHeight * outHeight, side: outHeight }
}

function depthwise(side: number, kernel: number, channels: number, stride = 1): Layer {
  const shape: [number, number, number, number] = [kernel, kernel, channels, 1]
  const { outHeight } = tf.backend_util.computeConv2DInfo(
    [1, side, side, channels],
    shape,
    stride,
    1,
    'same',
    undefined,
    true,
  )
  const weights = tf.util.sizeFromShape(shape)
  return { weights, multiplyAdds: weights * outHeight * outHeight, side: outHeight }
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)

/**
 * Cost of a depthwise separable layer and of a standard one.
 *
 * Clauses    efficient.mobilenet.cost-ratio
 * By         describing the three convolutions to the library, and dividing the sums
 */
export const separableCost: Fast<typeof spec> = (_, { kernel, channels, filters, side }) => {
  const layers = [
    depthwise(side, kernel, channels),
    convolution(side, 1, channels, filters),
    convolution(side, kernel, channels, filters),
  ] as const
  const costs = layers.map(({ multiplyAdds }) => multiplyAdds) as [number, number, number]
  return {
    weights: counts(layers.map(({ weights }) => weights)),
    multiplyAdds: counts(costs),
    ratio: tf.scalar((costs[0] + costs[1]) / costs[2]),
  }
}

/**
 * Cost of a depthwise separable layer at reduced width and resolution.
 *
 * Clauses    efficient.mobilenet.multipliers
 * By         describing the smaller convolutions to the library
 */
export const scaledCost: Fast<typeof scaledSpec> = (
  _,
  { kernel, channels, filters, side, width: [a, b], resolution: [p, q] },
) => {
  const [from, to, length] = [(channels / b) * a, (filters / b) * a, (side / q) * p].map(
    Math.round,
  ) as [number, number, number]
  const layers = [depthwise(length, kernel, from), convolution(length, 1, from, to)]
  return {
    multiplyAdds: count(sum(layers.map(({ multiplyAdds }) => multiplyAdds))),
    weights: count(sum(layers.map(({ weights }) => weights))),
  }
}

/** Stride and filters of the separable layers, at full width. */
const plan: readonly (readonly [stride: number, filters: number])[] = [
  [1, 64],
  [2, 128],
  [1, 128],
  [2, 256],
  [1, 256],
  [2, 512],
  ...Array.from({ length: 5 }, () => [1, 512] as const),
  [2, 1024],
  [1, 1024],
]

/**
 * Parameters and multiply-adds of a MobileNet.
 *
 * Clauses    efficient.mobilenet.cost-ratio, efficient.mobilenet.multipliers
 * By         walking an image through it, layer by layer
 */
export const mobilenet: Fast<typeof networkSpec> = (_, { quarters, side, classes }) => {
  let channels = 8 * quarters
  let normalized = channels
  const kinds: [Layer[], Layer[], Layer[], Layer[]] = [[], [], [], []]
  let layer = convolution(side, 3, 3, channels, 2)
  kinds[0].push(layer)
  for (const [stride, filters] of plan) {
    const to = (filters / 4) * quarters
    layer = depthwise(layer.side, 3, channels, stride)
    kinds[1].push(layer)
    layer = convolution(layer.side, 1, channels, to)
    kinds[2].push(layer)
    normalized += channels + to
    channels = to
  }
  kinds[3].push(convolution(1, 1, channels, classes))
  const weights = kinds.map((layers) => sum(layers.map((it) => it.weights)))
  const costs = kinds.map((layers) => sum(layers.map((it) => it.multiplyAdds)))
  return {
    parameters: count(sum(weights) + 2 * normalized + classes),
    multiplyAdds: count(sum(costs)),
    weightsByKind: counts(weights),
    multiplyAddsByKind: counts(costs),
  }
}
