import * as tf from '@tensorflow/tfjs-core'
import type {
  activationGradient as gradientSpec,
  activation as spec,
} from '../../spec/cnn/activation.ts'
import { sigmoidSlope } from '../layers/sigmoid.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Fast } from '../operation.ts'

/** An activation function, one kernel each. */
export function activate(
  x: tf.Tensor,
  name: 'linear' | 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh',
  slope = 0,
): tf.Tensor {
  switch (name) {
    case 'linear':
      return x
    case 'relu':
      return tf.relu(x)
    case 'leaky-relu':
      return tf.leakyRelu(x, slope)
    case 'sigmoid':
      return tf.sigmoid(x)
    case 'tanh':
      return tf.tanh(x)
  }
}

/**
 * Activation function, element by element.
 *
 * Clauses    cnn.activation.elementwise
 * Fast by    one kernel of the backend
 */
export const activation: Fast<typeof spec> = ({ x }, { activation, slope }) => ({
  y: activate(x, activation, slope),
})

/**
 * Gradient of an activation function.
 *
 * Clauses    cnn.activation.elementwise
 * Fast by    the derivative from the activation itself; a step selects for the rectifiers
 */
export const activationGradient: Fast<typeof gradientSpec> = ({ x, dy }, { activation, slope }) => {
  switch (activation) {
    case 'relu':
      return { dx: tf.mul(dy, tf.step(x)) }
    case 'leaky-relu':
      return { dx: tf.mul(dy, tf.step(x, slope)) }
    case 'sigmoid': {
      const y = tf.sigmoid(x)
      return { dx: tf.mul(dy, sigmoidSlope(y)) }
    }
    case 'tanh':
      return { dx: tf.mul(dy, tanhSlope(tf.tanh(x))) }
  }
}
