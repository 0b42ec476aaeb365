import * as tf from '@tensorflow/tfjs-core'
import { exponentials } from '../layers/softmax.ts'

/** Numbers divided by the temperature; at temperature 1 as they are. */
export function overTemperature(x: tf.Tensor, temperature: number): tf.Tensor {
  return temperature === 1 ? x : tf.div(x, temperature)
}

/** The softmax of scores at a temperature, and its logarithm, from the same exponentials. */
export function distribution(z: tf.Tensor, temperature: number) {
  const { shifted, powers, sums } = exponentials(overTemperature(z, temperature))
  return { y: tf.div(powers, sums), logs: tf.sub(shifted, tf.log(sums)) }
}
