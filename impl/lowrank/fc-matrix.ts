import * as tf from '@tensorflow/tfjs-core'
import type { layerCost as costSpec, layer as spec } from '../../spec/lowrank/fc-matrix.ts'
import { count } from '../layers/counts.ts'
import { dense } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

/**
 * Fully connected layer as a matrix.
 *
 * Clauses    lowrank.fc-matrix
 * Fast by    one matrix product
 */
export const layer: Fast<typeof spec> = ({ x, weights, bias }) => ({ y: dense(x, weights, bias) })

/**
 * Weights and multiply-adds of a fully connected layer.
 *
 * Clauses    lowrank.fc-matrix
 * By         the shape of the matrix, each of whose numbers meets every sample
 */
export const layerCost: Fast<typeof costSpec> = (_, { samples, before, units }) => {
  const weights = tf.util.sizeFromShape([before, units])
  return { weights: count(weights), multiplyAdds: count(samples * weights) }
}
