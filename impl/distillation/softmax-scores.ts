import * as tf from '@tensorflow/tfjs-core'
import { type Distribution, distributionOf } from '../layers/softmax.ts'

/** Numbers divided by the temperature; at temperature 1 as they are. */
export function overTemperature(x: tf.Tensor, temperature: number): tf.Tensor {
  return temperature === 1 ? x : tf.div(x, temperature)
}

/** The softmax of scores at a temperature, and its logarithm. */
export function distribution(z: tf.Tensor, temperature: number): Distribution {
  return distributionOf(overTemperature(z, temperature))
}
