import * as tf from '@tensorflow/tfjs-core'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { rectifyGradient } from '../layers/rectifier.ts'
import { type Loss, meanLoss, scoreGradient } from './network-loss.ts'

/** The parameters of a network of two rectified layers and a linear head. */
export interface Network {
  readonly weights1: tf.Tensor
  readonly biases1: tf.Tensor
  readonly weights2: tf.Tensor
  readonly biases2: tf.Tensor
  readonly head: tf.Tensor
  readonly bias: tf.Tensor
}

/** What every layer gives. */
export function activations(x: tf.Tensor, the: Network) {
  const lower = tf.relu(dense(x, the.weights1, the.biases1))
  const higher = tf.relu(dense(lower, the.weights2, the.biases2))
  return { lower, higher, scores: dense(higher, the.head, the.bias) }
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
  const top = { head: denseWeightGradient(higher, e3), bias: biasGradient(e3) }
  if (frozen === 2) return { loss, byName: top }

  const e2 = rectifyGradient(higher, denseInputGradient(the.head, e3))
  const middle = {
    ...top,
    weights2: denseWeightGradient(lower, e2),
    biases2: biasGradient(e2),
  }
  if (frozen === 1) return { loss, byName: middle }

  const e1 = rectifyGradient(lower, denseInputGradient(the.weights2, e2))
  const byName = { ...middle, weights1: denseWeightGradient(x, e1), biases1: biasGradient(e1) }
  return { loss, byName, dx: denseInputGradient(the.weights1, e1) }
}
