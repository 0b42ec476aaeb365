import * as tf from '@tensorflow/tfjs-core'
import type { quantizedLayer as spec } from '../../spec/quantization/applies-to.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

/**
 * A layer, forwards and backwards, with weights, activations or gradients quantized.
 *
 * Clauses    quantization.applies-to
 * Fast by    one pass over the array that is quantized, and three matrix products
 */
export const quantizedLayer: Fast<typeof spec> = ({ x, weights, dy, scale }, { bits, of }) => {
  const most = 2 ** (bits - 1) - 1
  const quantized = (a: tf.Tensor) =>
    tf.mul(tf.clipByValue(tf.round(tf.div(a, scale)), -most, most), scale)
  const below = of === 'activations' ? quantized(x) : x
  const W = of === 'weights' ? quantized(weights) : weights
  const back = of === 'gradients' ? quantized(dy) : dy
  return {
    y: dense(below, W, null),
    dx: denseInputGradient(W, back),
    dWeights: denseWeightGradient(below, back),
  }
}
