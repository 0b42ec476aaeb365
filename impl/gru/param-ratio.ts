import * as tf from '@tensorflow/tfjs-core'
import type { layerCounts as spec } from '../../spec/gru/param-ratio.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Parameters and products of recurrent layers of one size.
 *
 * Clauses    gru.param-ratio
 * By         the shapes of weights and biases, and one product for each weight
 */
export const layerCounts: Fast<typeof spec> = (_, { inputs, units }) => {
  const size = tf.util.sizeFromShape
  const weights = (gates: number) => size([gates, units, inputs]) + size([gates, units, units])
  const biases = (gates: number) => size([gates, units])
  const layer = (gates: number, more = 0) => count(weights(gates) + biases(gates) + more)
  return {
    recurrent: layer(1),
    gated: layer(3),
    secondBias: layer(3, size([units])),
    twoBiases: layer(3, biases(3)),
    memory: layer(4),
    gatedProducts: count(weights(3)),
    memoryProducts: count(weights(4)),
  }
}
