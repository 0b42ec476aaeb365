import * as tf from '@tensorflow/tfjs-core'
import type {
  droppedNetwork as networkSpec,
  dropoutPlacement as placementSpec,
} from '../../spec/cnn/dropout-scope.ts'
import type { Fast } from '../operation.ts'
import { drop } from './dropout.ts'

/**
 * Layers that dropout follows.
 *
 * Clauses    cnn.dropout.scope
 * Fast by    looking the layers up in the policy's list
 */
export const dropoutPlacement: Fast<typeof placementSpec> = (_, { layers, policy }) => {
  const dropped: readonly string[] = policy === 'dense' ? ['dense'] : ['dense', 'convolution']
  return { follows: tf.tensor1d(layers.map((layer) => Number(dropped.includes(layer)))) }
}

/**
 * Convolution, dense layer with dropout, output layer.
 *
 * Clauses    cnn.dropout.scope
 * Fast by    one fused kernel a layer, with its rectifier
 */
export const droppedNetwork: Fast<typeof networkSpec> = (
  { x, filters, bias, hidden, mask, head },
  { rate, training },
) => {
  const features = tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filters as tf.Tensor4D,
    bias,
    strides: 1,
    pad: 'valid',
    activation: 'relu',
  })
  const flat = tf.reshape(features, [x.shape[0]!, -1]) as tf.Tensor2D
  const h = tf.fused.matMul({ a: flat, b: hidden as tf.Tensor2D, activation: 'relu' })
  const left = training ? drop(h, mask, rate) : h
  return { features, z: tf.matMul(left as tf.Tensor2D, head as tf.Tensor2D) }
}
