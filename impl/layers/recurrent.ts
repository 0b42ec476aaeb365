import * as tf from '@tensorflow/tfjs-core'
import { sigmoidSlope } from './sigmoid.ts'
import { countedOf, eachStep, paddingOfEach, rows, select, turned, unless } from './steps.ts'
import { tanhSlope } from './tanh.ts'

/** What a recurrent layer is given. */
export type Recurrence = Readonly<Record<'x' | 'U' | 'W' | 'b' | 'h0' | 'padded', tf.Tensor>>

/** Its activation, and which step is done first. */
export interface Kind {
  readonly activation: 'tanh' | 'sigmoid' | 'relu' | 'linear'
  readonly direction: 'forward' | 'reverse'
}

/** φ, of what enters a unit. */
export const activations = {
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  relu: tf.relu,
  linear: (a: tf.Tensor) => a,
} as const

/** φ′ g, from what the activation gave: by selection where it is the rectifier. */
export function throughActivation(
  { activation }: Pick<Kind, 'activation'>,
  h: tf.Tensor,
  g: tf.Tensor,
): tf.Tensor {
  if (activation === 'linear') return g
  if (activation === 'sigmoid') return tf.mul(sigmoidSlope(h), g)
  if (activation === 'tanh') return tf.mul(tanhSlope(h), g)
  return tf.where(tf.greater(h, 0), g, tf.zerosLike(g))
}

/** The steps in the order in which they are done. */
export function inOrder<T>(steps: readonly T[], { direction }: Kind): readonly T[] {
  return direction === 'forward' ? steps : steps.toReversed()
}

/**
 * States of a recurrent layer after every step, and before it, in time.
 *
 * Fast by    one product for the inputs of all steps, biases added to it, and one a step for the state
 */
export function recurrence(inputs: Recurrence, kind: Kind) {
  const { x, U, W, b, h0 } = inputs
  const [T, N] = x.shape as [number, number]
  const projected = tf.add(tf.matMul(rows(x), turned(U as tf.Tensor2D)), b)
  const each = inOrder(eachStep(tf.reshape(projected, [T, N, W.shape[0]!])), kind)
  const padding = inOrder(paddingOfEach(inputs.padded, W.shape[0]!), kind)
  const recurrent = turned(W as tf.Tensor2D)
  const [h, before]: [tf.Tensor[], tf.Tensor[]] = [[], []]
  let state = h0
  for (const [at, projection] of each.entries()) {
    before.push(state)
    const product = tf.matMul(state as tf.Tensor2D, recurrent)
    const next = activations[kind.activation](tf.add(projection, product))
    state = select(padding[at]!, state, next)
    h.push(state)
  }
  const inTime = (states: tf.Tensor[]) => tf.stack([...inOrder(states, kind)])
  return { h: inTime(h), before: inTime(before), last: tf.clone(state) }
}

/**
 * Gradients of a recurrent layer, through time.
 *
 * Fast by    one product a step on the way back; the sums over time are one product each, over the rows of
 *            all steps and sequences together
 */
export function recurrenceGradient(
  inputs: Recurrence,
  [dh, dLast]: readonly [tf.Tensor, tf.Tensor],
  kind: Kind,
  { h, before } = recurrence(inputs, kind),
) {
  const { x, U, W } = inputs
  const backwards = <T>(steps: readonly T[]) => inOrder(steps, kind).toReversed()
  const [states, arriving] = [backwards(eachStep(h)), backwards(eachStep(dh))]
  const padding = backwards(paddingOfEach(inputs.padded, W.shape[0]!))
  const deltas: tf.Tensor[] = []
  const back: tf.Tensor[] = []
  let later = dLast
  for (const [at, state] of states.entries()) {
    const g = tf.add(arriving[at]!, later)
    const isPadding = padding[at]!
    const delta = unless(isPadding, throughActivation(kind, state, g))
    deltas.push(delta)
    later = select(isPadding, g, tf.matMul(delta as tf.Tensor2D, W as tf.Tensor2D))
    back.push(later)
  }
  const inTime = (steps: tf.Tensor[]) => tf.stack([...inOrder(steps.toReversed(), kind)])
  const delta = inTime(deltas)
  const all = rows(delta)
  const allTurned = turned(all)
  return {
    dx: tf.reshape(tf.matMul(all, U as tf.Tensor2D), x.shape),
    dU: tf.matMul(allTurned, rows(countedOf(x, inputs.padded))),
    dW: tf.matMul(allTurned, rows(before)),
    db: tf.sum(all, 0),
    dH0: tf.clone(later),
    // An array that is given back is not one that is used again.
    h: tf.clone(h),
    delta,
    back: inTime(back),
  }
}
