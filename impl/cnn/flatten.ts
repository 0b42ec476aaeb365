import * as tf from '@tensorflow/tfjs-core'
import type {
  dense as denseSpec,
  flattenGradient as gradientSpec,
  flatten as spec,
} from '../../spec/cnn/flatten.ts'
import type { Fast } from '../operation.ts'

/**
 * Flattening of images into rows of numbers.
 *
 * Clauses    cnn.flatten
 * Fast by    another shape over the same memory
 */
export const flatten: Fast<typeof spec> = ({ x }) => ({ y: tf.reshape(x, [x.shape[0]!, -1]) })

/**
 * Gradient of flattening.
 *
 * Clauses    cnn.flatten
 * Fast by    another shape over the same memory
 */
export const flattenGradient: Fast<typeof gradientSpec> = ({ dy }, { image }) => ({
  dx: tf.reshape(dy, [dy.shape[0]!, ...image]),
})

/**
 * Fully connected layer.
 *
 * Clauses    cnn.flatten
 * Fast by    one fused kernel with its bias
 */
export const dense: Fast<typeof denseSpec> = ({ x, weights, bias }) => ({
  y: tf.fused.matMul({ a: x as tf.Tensor2D, b: weights as tf.Tensor2D, bias }),
})
