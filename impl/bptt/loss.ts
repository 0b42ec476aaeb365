import * as tf from '@tensorflow/tfjs-core'
import type { lossGradient as gradientSpec, loss as spec } from '../../spec/bptt/loss.ts'
import { crossEntropyGradient, crossEntropyTerms } from '../layers/cross-entropy.ts'
import { recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Fast } from '../operation.ts'

type Name = 'x' | 'U' | 'W' | 'b' | 'h0' | 'V' | 'c' | 'y'

/** The states, the scores and the targets, the last two with a row for every step of every sequence. */
function forwards(
  inputs: Readonly<Record<Name, tf.Tensor>>,
  activation: 'tanh' | 'relu' | 'linear',
) {
  const { x, U, W, b, h0, V, c, y } = inputs
  const [T, N] = x.shape as [number, number]
  const [O, H] = V.shape as [number, number]
  const kind = { activation, direction: 'forward' } as const
  const layer = { x, U, W, b, h0, padded: tf.zeros([T, N]) }
  const forward = recurrence(layer, kind)
  const states = tf.reshape(forward.h, [T * N, H]) as tf.Tensor2D
  const scores = tf.add(tf.matMul(states, V as tf.Tensor2D, false, true), c)
  return { kind, layer, forward, states, scores, targets: tf.reshape(y, [T * N, O]) }
}

/**
 * Loss of a recurrent network at every step.
 *
 * Clauses    bptt.sum-over-time
 * Fast by    one product for the inputs of all steps, and one for all scores
 */
export const loss: Fast<typeof spec> = (inputs, { activation }) => {
  const { scores, targets } = forwards(inputs, activation)
  const terms = crossEntropyTerms(scores, targets)
  return { E: tf.sum(tf.reshape(terms, inputs.y.shape), [1, 2]) }
}

/** What arrives at the scores and at the states of every step from its own loss. */
export function arrivingGradients(
  inputs: Readonly<Record<Name | 'dE', tf.Tensor>>,
  activation: 'tanh' | 'relu' | 'linear',
) {
  const { h0, V, y, dE } = inputs
  const [T, N, O] = y.shape as [number, number, number]
  const { scores, targets, states, ...network } = forwards(inputs, activation)
  const byScores = tf.reshape(crossEntropyGradient(scores, targets), [T, N, O])
  const deltaO = tf.reshape(tf.mul(tf.reshape(dE, [T, 1, 1]), byScores), [T * N, O]) as tf.Tensor2D
  const dh = tf.reshape(tf.matMul(deltaO, V as tf.Tensor2D), [T, N, h0.shape[1]!])
  return { ...network, dh, dV: tf.matMul(deltaO, states, true), dc: tf.sum(deltaO, 0) }
}

/**
 * Gradients of the loss of a recurrent network, through time.
 *
 * Clauses    bptt.sum-over-time, bptt.gradient.V, bptt.gradient.hidden-recursion, bptt.gradient.W,
 *            bptt.gradient.U, bptt.gradient.h0
 * Fast by    one product for what comes back from all scores, one a step on the way back, and one for
 *            each sum over time
 */
export const lossGradient: Fast<typeof gradientSpec> = (inputs, { activation }) => {
  const { kind, layer, forward, dh, dV, dc } = arrivingGradients(inputs, activation)
  const arriving = [dh, tf.zerosLike(inputs.h0)] as const
  const { dx, dU, dW, db, dH0 } = recurrenceGradient(layer, arriving, kind, forward)
  return { dx, dU, dW, db, dH0, dV, dc }
}
