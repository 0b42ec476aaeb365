import * as tf from '@tensorflow/tfjs-core'
import type {
  denseChannels as channelsSpec,
  densenet as networkSpec,
} from '../../spec/efficient/densenet.ts'
import { count, counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

const size = (...shape: number[]) => tf.util.sizeFromShape(shape)

/**
 * Channels, connections and weights of a dense block.
 *
 * Clauses    efficient.densenet.growth, efficient.densenet.concat
 * By         the shapes of maps beside each other, layer by layer, and of the filters for them
 */
export const denseChannels: Fast<typeof channelsSpec> = (_, { channels, growth, layers }) => {
  let maps = [1, 1, 1, channels]
  const inputs: number[] = []
  let [connections, weights] = [0, 0]
  for (let layer = 1; layer <= layers; layer++) {
    const given = maps[3]!
    inputs.push(given)
    connections += layer
    weights += size(3, 3, given, growth)
    maps = tf.backend_util.computeOutShape([maps, [1, 1, 1, growth]], 3)
  }
  return {
    inputs: counts(inputs),
    output: count(maps[3]!),
    connections: count(connections),
    weights: count(weights),
  }
}

/** Growth rate, filters of the first layer and layers of the four blocks. */
const plans = {
  '121': [32, 64, [6, 12, 24, 16]],
  '169': [32, 64, [6, 12, 32, 32]],
  '201': [32, 64, [6, 12, 48, 32]],
  '161': [48, 96, [6, 12, 36, 24]],
} as const

/**
 * Channels, parameters and multiply-adds of a DenseNet.
 *
 * Clauses    efficient.densenet.growth
 * By         walking an image through it, layer by layer
 */
export const densenet: Fast<typeof networkSpec> = (_, { depth, side, classes }) => {
  const [growth, first, blocks] = plans[depth]
  let [parameters, multiplyAdds, layers] = [0, 0, 0]
  let [length, channels] = [side, 3]
  const convolve = (kernel: number, stride: number, from: number, to: number) => {
    length = Math.floor((length - 1) / stride) + 1
    const weights = size(kernel, kernel, from, to)
    parameters += weights
    multiplyAdds += weights * length * length
    layers++
  }
  const normalize = (count: number) => {
    parameters += 2 * count
  }

  convolve(7, 2, channels, first)
  normalize(first)
  channels = first
  length = Math.floor((length - 1) / 2) + 1
  const given = blocks.map((count, b) => {
    if (b > 0) {
      normalize(channels)
      convolve(1, 1, channels, channels / 2)
      channels /= 2
      length = Math.floor(length / 2)
    }
    for (let layer = 0; layer < count; layer++) {
      normalize(channels)
      convolve(1, 1, channels, 4 * growth)
      normalize(4 * growth)
      convolve(3, 1, 4 * growth, growth)
      channels += growth
    }
    return channels
  })
  normalize(channels)
  return {
    channels: counts(given),
    parameters: count(parameters + size(channels, classes) + classes),
    multiplyAdds: count(multiplyAdds + size(channels, classes)),
    layers: count(layers + 1),
  }
}
