import * as tf from '@tensorflow/tfjs-core'
import type {
  fireCounts as countsSpec,
  squeezenet as networkSpec,
  stridedChain as spec,
} from '../../spec/efficient/squeezenet.ts'
import { count, counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

const size = (...shape: number[]) => tf.util.sizeFromShape(shape)
const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)

/** The shapes of the filters of a fire module. */
const fireFilters = (channels: number, squeeze: number, expand1: number, expand3: number) => [
  [1, 1, channels, squeeze],
  [1, 1, squeeze, expand1],
  [3, 3, squeeze, expand3],
]

/**
 * Parameters of a fire module.
 *
 * Clauses    efficient.squeezenet.params
 * By         counting the elements of the filters, and one bias a filter
 */
export const fireCounts: Fast<typeof countsSpec> = (_, it) => {
  const filters = fireFilters(it.channels, it.squeeze, it.expand1, it.expand3)
  const byLayer = filters.map((shape) => size(...shape) + shape[3]!)
  return {
    parameters: count(sum(byLayer)),
    byLayer: counts(byLayer),
    unsqueezed: count(size(3, 3, it.channels, it.expand3)),
    squeezed: count(size(...filters[2]!)),
  }
}

/** What stands in a row: a first convolution, poolings, modules of s and e filters, and a last one. */
const versions = {
  '1.0': { first: [7, 96], row: 'P 16 16 32 P 32 48 48 64 P 64' },
  '1.1': { first: [3, 64], row: 'P 16 16 P 32 32 P 48 48 64 64' },
} as const

/**
 * Parameters, sizes and multiply-adds of a SqueezeNet.
 *
 * Clauses    efficient.squeezenet.params, efficient.squeezenet.late-downsampling
 * By         walking an image through it, layer by layer
 */
export const squeezenet: Fast<typeof networkSpec> = (_, { version, side, classes }) => {
  const {
    first: [kernel, filters],
    row,
  } = versions[version]
  const layers: { parameters: number; multiplyAdds: number; side: number }[] = []
  const pass = (shapes: readonly (readonly number[])[], length: number) => {
    const weights = sum(shapes.map((shape) => size(...shape)))
    const biases = sum(shapes.map((shape) => shape[3]!))
    layers.push({
      parameters: weights + biases,
      multiplyAdds: weights * length * length,
      side: length,
    })
  }
  const windows = (length: number, window: number, rounding: 'floor' | 'ceil') =>
    tf.backend_util.computePool2DInfo([1, length, length, 1], window, 2, 1, 0, rounding).outHeight

  let channels: number = filters
  let length = windows(side, kernel, 'floor')
  pass([[kernel, kernel, 3, filters]], length)
  for (const step of row.split(' ')) {
    if (step === 'P') {
      length = windows(length, 3, 'ceil')
      continue
    }
    const squeeze = Number(step)
    pass(fireFilters(channels, squeeze, 4 * squeeze, 4 * squeeze), length)
    channels = 8 * squeeze
  }
  pass([[1, 1, channels, classes]], length)
  return {
    parameters: count(sum(layers.map(({ parameters }) => parameters))),
    byLayer: counts(layers.map(({ parameters }) => parameters)),
    sides: counts(layers.map(({ side }) => side)),
    multiplyAdds: count(sum(layers.map(({ multiplyAdds }) => multiplyAdds))),
  }
}

/**
 * Sizes and costs of convolutions in a row with given strides.
 *
 * Clauses    efficient.squeezenet.late-downsampling
 * By         counting the elements of what each layer gives and takes
 */
export const stridedChain: Fast<typeof spec> = (_, { rows, columns, channels, strides }) => {
  let image: [number, number, number, number] = [1, rows, columns, channels]
  const positions: number[] = []
  let [memory, weights, multiplyAdds] = [0, 0, 0]
  for (const stride of strides) {
    const filters: typeof image = [3, 3, channels, channels]
    const { outShape } = tf.backend_util.computeConv2DInfo(image, filters, stride, 1, 1)
    const activations = size(...outShape)
    positions.push(outShape[1]! * outShape[2]!)
    memory += activations
    weights += size(...filters)
    multiplyAdds += (activations / channels) * size(...filters)
    image = outShape as typeof image
  }
  return {
    multiplyAdds: count(multiplyAdds),
    positions: counts(positions),
    memory: count(memory),
    weights: count(weights),
  }
}
