import * as tf from '@tensorflow/tfjs-core'
import type {
  convolutionalDescriptors as convolutionalSpec,
  descriptorSize as sizeSpec,
  denseDescriptors as spec,
} from '../../spec/transfer/feature-extractor.ts'
import { count } from '../layers/counts.ts'
import { dense } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

/**
 * Descriptors from a fully connected layer.
 *
 * Clauses    transfer.feature-extractor, transfer.features-equal-frozen-training
 * Fast by    a matrix product a layer, none above the cut
 */
export const denseDescriptors: Fast<typeof spec> = (the, { layer }) => {
  const lower = tf.relu(dense(the.x, the.weights1, the.biases1))
  if (layer === 1) return { descriptors: lower }
  return { descriptors: tf.relu(dense(lower, the.weights2, the.biases2)) }
}

/**
 * Descriptors from a convolutional layer.
 *
 * Clauses    transfer.feature-extractor
 * Fast by    one fused kernel for convolution, bias and rectifier
 */
export const convolutionalDescriptors: Fast<typeof convolutionalSpec> = (
  { x, filters, bias },
  { pooled },
) => {
  const maps = tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filters as tf.Tensor4D,
    bias,
    strides: 1,
    pad: 'valid',
    activation: 'relu',
  })
  return { descriptors: pooled ? tf.mean(maps, [1, 2]) : tf.reshape(maps, [x.shape[0]!, -1]) }
}

/**
 * Length of a descriptor and number of weights of its layer.
 *
 * Clauses    transfer.feature-extractor
 * By         counting the elements of the arrays
 */
export const descriptorSize: Fast<typeof sizeSpec> = (_, the) => {
  const { rows, columns, kernelRows, kernelColumns, channels, filters } = the
  const size = (...shape: number[]) => count(tf.util.sizeFromShape(shape))
  return {
    length: the.pooled ? size(filters) : size(rows, columns, filters),
    weights: size(kernelRows, kernelColumns, channels, filters),
  }
}
