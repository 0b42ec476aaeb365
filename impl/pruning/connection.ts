import * as tf from '@tensorflow/tfjs-core'
import type {
  maskedDenseGradient as gradientSpec,
  maskedDense as spec,
} from '../../spec/pruning/connection.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

/** What a mask keeps. A selection and not a product: 0 times NaN would be NaN. */
export function keep(mask: tf.Tensor, values: tf.Tensor): tf.Tensor {
  return tf.where(tf.greater(mask, 0), values, tf.zerosLike(values))
}

/**
 * Fully connected layer without some of its connections.
 *
 * Clauses    pruning.connection
 * Fast by    one matrix product, with the zeros in it
 */
export const maskedDense: Fast<typeof spec> = ({ x, weights, mask, bias }) => {
  const pruned = keep(mask, weights)
  return { pruned, y: dense(x, pruned, bias) }
}

/**
 * Gradients of a fully connected layer without some of its connections.
 *
 * Clauses    pruning.connection
 * Fast by    two matrix products
 */
export const maskedDenseGradient: Fast<typeof gradientSpec> = ({ x, weights, mask, dy }) => ({
  dx: denseInputGradient(keep(mask, weights), dy),
  dWeights: keep(mask, denseWeightGradient(x, dy)),
  dBias: tf.sum(dy, 0),
})
