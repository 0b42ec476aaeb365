import * as tf from '@tensorflow/tfjs-core'
import { type Calls, image, type Padding, pads, pair } from './tfjs-calls.ts'

interface Pooling {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
}

const maxPool =
  ({ kernel, strides, padding }: Pooling) =>
  (x: tf.Tensor) =>
    tf.maxPool(image(x), pair(kernel), pair(strides), pads(padding))
const averagePool =
  ({ kernel, strides, padding }: Pooling) =>
  (x: tf.Tensor) =>
    tf.avgPool(image(x), pair(kernel), pair(strides), pads(padding))

interface Lrn {
  readonly radius: number
  readonly kappa: number
  readonly alpha: number
  readonly beta: number
}
const normalize =
  ({ radius, kappa, alpha, beta }: Lrn) =>
  (x: tf.Tensor) =>
    tf.localResponseNormalization(image(x), radius, kappa, alpha, beta)

interface Activation {
  readonly activation: 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh'
  readonly slope: number
}
const activate =
  ({ activation, slope }: Activation) =>
  (x: tf.Tensor): tf.Tensor =>
    ({
      relu: () => tf.relu(x),
      'leaky-relu': () => tf.leakyRelu(x, slope),
      sigmoid: () => tf.sigmoid(x),
      tanh: () => tf.tanh(x),
    })[activation]()

/** Pooling, normalization, activation, and what a classifier is made of. */
export const poolingCalls: Calls = {
  'cnn.maxPool': ({ x }, parameters) => ({ y: maxPool(parameters)(x) }),
  'cnn.maxPoolGradient': ({ x, dy }, parameters) => ({ dx: tf.grad(maxPool(parameters))(x, dy) }),
  'cnn.averagePool': ({ x }, parameters) => ({ y: averagePool(parameters)(x) }),
  'cnn.averagePoolGradient': ({ dy }, { image: size, ...parameters }) => {
    const x = tf.zeros([dy.shape[0]!, ...size, dy.shape[3]!])
    return { dx: tf.grad(averagePool(parameters))(x, dy) }
  },
  'cnn.lrnAcross': ({ x }, parameters) => ({ y: normalize(parameters)(x) }),
  'cnn.lrnAcrossGradient': ({ x, dy }, parameters) => ({
    dx: tf.grad(normalize(parameters))(x, dy),
  }),
  'cnn.activation': ({ x }, parameters) => ({ y: activate(parameters)(x) }),
  'cnn.activationGradient': ({ x, dy }, parameters) => ({
    dx: tf.grad(activate(parameters))(x, dy),
  }),
  'cnn.flatten': ({ x }) => ({ y: tf.reshape(x, [x.shape[0]!, -1]) }),
  'cnn.flattenGradient': ({ dy }, { image: size }) => {
    const x = tf.zeros([dy.shape[0]!, ...size])
    return { dx: tf.grad((x) => tf.reshape(x, [x.shape[0]!, -1]))(x, dy) }
  },
  'cnn.dense': ({ x, weights, bias }) => ({
    y: tf.fused.matMul({ a: x as tf.Tensor2D, b: weights as tf.Tensor2D, bias }),
  }),
  'cnn.flip': ({ x }) => ({ y: tf.image.flipLeftRight(image(x)) }),
}
