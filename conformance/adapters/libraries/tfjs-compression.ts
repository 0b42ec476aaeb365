import * as tf from '@tensorflow/tfjs-core'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { Calls } from './tfjs-calls.ts'

type Tempered = (temperature: Parameters) => (z: tf.Tensor) => tf.Tensor

const softmax: Tempered =
  ({ temperature }) =>
  (z) =>
    tf.softmax(tf.div(z, temperature))
const logSoftmax: Tempered =
  ({ temperature }) =>
  (z) =>
    tf.logSoftmax(tf.div(z, temperature))
const logSumExp: Tempered =
  ({ temperature }) =>
  (z) =>
    tf.mul(temperature, tf.logSumExp(tf.div(z, temperature), 1))

const reductions: Readonly<Record<string, tf.Reduction>> = {
  sum: tf.Reduction.SUM,
  mean: tf.Reduction.SUM_BY_NONZERO_WEIGHTS,
}

/** What TensorFlow.js has calls for, of compression. Its weights are of samples, those of classes none. */
export const compressionCalls: Calls = {
  'distillation.softmax': ({ z }, given) => ({ y: softmax(given)(z) }),
  'distillation.softmaxGradient': ({ z, dy }, given) => ({ dz: tf.grad(softmax(given))(z, dy) }),
  'distillation.logSoftmax': ({ z }, given) => ({ y: logSoftmax(given)(z) }),
  'distillation.logSoftmaxGradient': ({ z, dy }, given) => ({
    dz: tf.grad(logSoftmax(given))(z, dy),
  }),
  'distillation.logSumExp': ({ z }, given) => ({ y: logSumExp(given)(z) }),
  'distillation.logSumExpGradient': ({ z, dy }, given) => ({
    dz: tf.grad(logSumExp(given))(z, dy),
  }),
  'distillation.crossEntropy': ({ z, targets, weights, counted }, { reduction }) => ({
    loss: tf.losses.softmaxCrossEntropy(
      tf.mul(targets, weights),
      z,
      counted,
      0,
      reductions[reduction],
    ),
  }),
}
