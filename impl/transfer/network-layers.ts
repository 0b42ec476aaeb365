import * as tf from '@tensorflow/tfjs-core'

/** The parameters of a network of two rectified layers and a linear head. */
export interface Network {
  readonly weights1: tf.Tensor
  readonly biases1: tf.Tensor
  readonly weights2: tf.Tensor
  readonly biases2: tf.Tensor
  readonly head: tf.Tensor
  readonly bias: tf.Tensor
}

export type Loss = 'squares' | 'softmax'

/** x W + b, a sample a row. */
export const linear = (x: tf.Tensor, W: tf.Tensor, b: tf.Tensor) =>
  tf.add(tf.matMul(x as tf.Tensor2D, W as tf.Tensor2D), b) as tf.Tensor2D

/** What every layer gives. */
export function activations(x: tf.Tensor, the: Network) {
  const lower = tf.relu(linear(x, the.weights1, the.biases1))
  const higher = tf.relu(linear(lower, the.weights2, the.biases2))
  return { lower, higher, scores: linear(higher, the.head, the.bias) }
}

/** Scores less the largest of their sample, and the exponentials of that. */
function shifted(z: tf.Tensor) {
  const below = tf.sub(z, tf.max(z, 1, true))
  return { below, powers: tf.exp(below) }
}

export function meanLoss(z: tf.Tensor, t: tf.Tensor, kind: Loss): tf.Tensor {
  const N = z.shape[0]!
  if (kind === 'squares') return tf.div(tf.mul(tf.sum(tf.square(tf.sub(z, t))), 0.5), N)
  const { below, powers } = shifted(z)
  const surprise = tf.sub(tf.log(tf.sum(powers, 1, true)), below)
  return tf.div(tf.sum(tf.mul(t, surprise)), N)
}

/** The gradient of the mean loss by the scores. */
export function scoreGradient(z: tf.Tensor, t: tf.Tensor, kind: Loss): tf.Tensor2D {
  const N = z.shape[0]!
  if (kind === 'squares') return tf.div(tf.sub(z, t), N)
  const { powers } = shifted(z)
  const softmax = tf.div(powers, tf.sum(powers, 1, true))
  return tf.div(tf.sub(tf.mul(tf.sum(t, 1, true), softmax), t), N)
}

/** The gradients by the weights and biases of a layer with input h. */
export const layerGradients = (h: tf.Tensor, e: tf.Tensor) =>
  [tf.matMul(h as tf.Tensor2D, e as tf.Tensor2D, true), tf.sum(e, 0)] as const

/** The gradient before a layer of weights W and, if there is one, the rectifier that gave its input h. */
function back(e: tf.Tensor2D, W: tf.Tensor, h?: tf.Tensor): tf.Tensor2D {
  const before = tf.matMul(e, W as tf.Tensor2D, false, true) as tf.Tensor2D
  return h ? tf.where(tf.greater(h, 0), before, tf.zerosLike(before)) : before
}

/** The gradients by the head, and by as many layers below it as are not frozen. */
export function gradients(
  x: tf.Tensor,
  the: Network,
  t: tf.Tensor,
  kind: Loss,
  frozen: number,
): { loss: tf.Tensor; byName: Record<string, tf.Tensor>; dx?: tf.Tensor } {
  const { lower, higher, scores } = activations(x, the)
  const loss = meanLoss(scores, t, kind)
  const e3 = scoreGradient(scores, t, kind)
  const [head, bias] = layerGradients(higher, e3)
  if (frozen === 2) return { loss, byName: { head, bias } }

  const e2 = back(e3, the.head, higher)
  const [weights2, biases2] = layerGradients(lower, e2)
  if (frozen === 1) return { loss, byName: { head, bias, weights2, biases2 } }

  const e1 = back(e2, the.weights2, lower)
  const [weights1, biases1] = layerGradients(x, e1)
  const byName = { head, bias, weights2, biases2, weights1, biases1 }
  return { loss, byName, dx: back(e1, the.weights1) }
}
