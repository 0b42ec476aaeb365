import * as tf from '@tensorflow/tfjs-core'

/** What a step of a recurrent layer is made of, whatever its arrays are. */
export interface Algebra<A> {
  readonly one: A
  add(a: A, b: A): A
  sub(a: A, b: A): A
  mul(a: A, b: A): A
  sigmoid(a: A): A
  tanh(a: A): A
}

/** Of tensors of TensorFlow.js, which takes the number 1 for one of them. */
export const ofTensors: Algebra<tf.Tensor> = {
  one: 1 as unknown as tf.Tensor,
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
}
