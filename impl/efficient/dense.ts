import * as tf from '@tensorflow/tfjs-core'
import type {
  denseBlockGradient as gradientSpec,
  denseBlock as spec,
} from '../../spec/efficient/dense.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import type { Fast } from '../operation.ts'

/**
 * The filters and the bias of each layer. The biases are made one axis first and cut then: on
 * WebAssembly the fused convolution takes the shape that an array had when it was made, so a bias
 * of [1, 1] made [1] is refused for its two axes.
 */
function layersOf(channels: number, filters: tf.Tensor, biases: tf.Tensor) {
  const [L, K] = biases.shape as [number, number]
  const flat = tf.reshape(biases, [L * K])
  let start = 0
  return Array.from({ length: L }, (_, l) => {
    const inputs = channels + K * l
    const own = tf.slice(filters, [0, 0, start, 0], [3, 3, inputs, K])
    start += inputs
    return { inputs, filters: own, bias: tf.slice(flat, l * K, K) }
  })
}

/**
 * Dense block.
 *
 * Clauses    efficient.densenet.concat, efficient.densenet.growth
 * Fast by    one kernel for each convolution with its bias; maps are rectified once, when they are
 *            new, and not again for every layer
 */
export const denseBlock: Fast<typeof spec> = ({ x, filters, biases }, { activation }) => {
  const enter = (maps: tf.Tensor) => (activation === 'relu' ? tf.relu(maps) : maps)
  const maps = [x]
  let given = enter(x)
  for (const { filters: own, bias } of layersOf(x.shape[3]!, filters, biases)) {
    const added = convolve(given, own, bias)
    maps.push(added)
    given = tf.concat([given, enter(added)], 3)
  }
  return { y: tf.concat(maps, 3) }
}

/**
 * Gradients of the dense block.
 *
 * Clauses    efficient.densenet.gradient
 * Fast by    one way back, on which each layer adds to the gradient of all maps before it
 */
export const denseBlockGradient: Fast<typeof gradientSpec> = (
  { x, filters, biases, dy },
  { activation },
) => {
  const { y } = denseBlock({ x, filters, biases }, { activation })
  const given = activation === 'relu' ? tf.relu(y) : y
  const [N, H, W] = x.shape as [number, number, number]
  const K = biases.shape[1]!
  const dFilters: tf.Tensor[] = []
  const dBiases: tf.Tensor[] = []
  let reaching = dy
  for (const layer of layersOf(x.shape[3]!, filters, biases).reverse()) {
    const shape = [N, H, W, layer.inputs]
    const own = tf.slice(reaching, [0, 0, 0, layer.inputs], [N, H, W, K])
    const before = tf.slice(given, 0, shape)
    const back = convolveGradient(before, layer.filters, own)
    dFilters.unshift(back.dFilters)
    dBiases.unshift(back.dBias)
    const sent = activation === 'relu' ? rectifyGradient(before, back.dx) : back.dx
    reaching = tf.add(tf.slice(reaching, 0, shape), sent)
  }
  return { dx: reaching, dFilters: tf.concat(dFilters, 2), dBiases: tf.stack(dBiases) }
}
