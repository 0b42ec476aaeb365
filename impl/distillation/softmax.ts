import * as tf from '@tensorflow/tfjs-core'
import type {
  softmaxGradient as gradientSpec,
  logSoftmaxGradient as logGradientSpec,
  logSoftmax as logSpec,
  softmax as spec,
  logSumExpGradient as sumGradientSpec,
  logSumExp as sumSpec,
} from '../../spec/distillation/softmax.ts'
import { exponentials, throughSoftmax } from '../layers/softmax.ts'
import type { Fast } from '../operation.ts'
import { distribution, overTemperature } from './softmax-scores.ts'

/**
 * Softmax with a temperature.
 *
 * Clauses    distillation.softmax, distillation.temperature
 * Fast by    all samples at once
 */
export const softmax: Fast<typeof spec> = ({ z }, { temperature }) => ({
  y: distribution(z, temperature).y,
})

/**
 * Gradient of the softmax with a temperature.
 *
 * Clauses    distillation.softmax
 * Fast by    its products with the gradient, and no matrix of derivatives
 */
export const softmaxGradient: Fast<typeof gradientSpec> = ({ z, dy }, { temperature }) => {
  const { y } = distribution(z, temperature)
  return { dz: overTemperature(throughSoftmax(y, dy), temperature) }
}

/**
 * Logarithm of the softmax with a temperature.
 *
 * Clauses    distillation.softmax
 * Fast by    all samples at once
 */
export const logSoftmax: Fast<typeof logSpec> = ({ z }, { temperature }) => ({
  y: distribution(z, temperature).logs,
})

/**
 * Gradient of the logarithm of the softmax with a temperature.
 *
 * Clauses    distillation.softmax
 * Fast by    one sum a sample
 */
export const logSoftmaxGradient: Fast<typeof logGradientSpec> = ({ z, dy }, { temperature }) => {
  const { y } = distribution(z, temperature)
  const behind = tf.sub(dy, tf.mul(y, tf.sum(dy, 1, true)))
  return { dz: overTemperature(behind, temperature) }
}

/**
 * Logarithm of a sum of exponentials, with a temperature.
 *
 * Clauses    distillation.softmax
 * Fast by    all samples at once
 */
export const logSumExp: Fast<typeof sumSpec> = ({ z }, { temperature }) => {
  const { sums } = exponentials(overTemperature(z, temperature))
  const logs = tf.log(tf.squeeze(sums, [1]))
  return { y: tf.add(tf.max(z, 1), tf.mul(logs, temperature)) }
}

/**
 * Gradient of the logarithm of a sum of exponentials, with a temperature.
 *
 * Clauses    distillation.softmax
 * Fast by    all samples at once
 */
export const logSumExpGradient: Fast<typeof sumGradientSpec> = ({ z, dy }, { temperature }) => ({
  dz: tf.mul(tf.expandDims(dy, 1), distribution(z, temperature).y),
})
