import * as tf from '@tensorflow/tfjs-core'
import { dense } from '../layers/dense.ts'

/** What the hidden units and the outputs of a network with one hidden layer of tangents give. */
export function forward(
  inputs: Readonly<Record<'x' | 'weights1' | 'bias1' | 'weights2' | 'bias2', tf.Tensor>>,
  outputs: 'linear' | 'tanh',
): { readonly h: tf.Tensor; readonly y: tf.Tensor } {
  const h = tf.tanh(dense(inputs.x, inputs.weights1, inputs.bias1))
  const a = dense(h, inputs.weights2, inputs.bias2)
  return { h, y: outputs === 'tanh' ? tf.tanh(a) : a }
}
