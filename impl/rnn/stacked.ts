import * as tf from '@tensorflow/tfjs-core'
import type { stackedGradient as gradientSpec, stacked as spec } from '../../spec/rnn/stacked.ts'
import { type Kind, type Recurrence, recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Fast } from '../operation.ts'

type Name = 'x' | 'U' | 'A' | 'W' | 'b' | 'h0' | 'masks' | 'padded'
type Stack = Readonly<Record<Name, tf.Tensor>>

/** Every layer with what it is given, and its states. */
function upwards({ x, U, A, W, b, h0, masks, padded }: Stack, kind: Kind) {
  const into = [U, ...tf.unstack(A)]
  const [across, biases, first] = [tf.unstack(W), tf.unstack(b), tf.unstack(h0)]
  const kept = tf.unstack(masks)
  const layers: { layer: Recurrence; states: ReturnType<typeof recurrence> }[] = []
  let given = x
  for (const [l, weights] of into.entries()) {
    const own = { W: across[l]!, b: biases[l]!, h0: first[l]! }
    const layer = { x: given, U: weights, ...own, padded }
    const states = recurrence(layer, kind)
    layers.push({ layer, states })
    if (l < kept.length) given = tf.mul(kept[l]!, states.h)
  }
  return layers
}

/**
 * Stacked recurrent layers.
 *
 * Clauses    rnn.stacked
 * Fast by    layer by layer, so that what a layer is given is projected for all steps at once
 */
export const stacked: Fast<typeof spec> = (inputs, kind) => {
  const layers = upwards(inputs, kind)
  return {
    h: tf.stack(layers.map(({ states }) => states.h)),
    last: tf.stack(layers.map(({ states }) => states.last)),
  }
}

/**
 * Gradients of stacked recurrent layers.
 *
 * Clauses    rnn.stacked
 * Fast by    layer by layer from the top, with one product for what all steps of a layer send down
 */
export const stackedGradient: Fast<typeof gradientSpec> = (inputs, kind) => {
  const layers = upwards(inputs, kind)
  const [arriving, ends, kept] = [
    tf.unstack(inputs.dh),
    tf.unstack(inputs.dLast),
    tf.unstack(inputs.masks),
  ]
  const each: ReturnType<typeof recurrenceGradient>[] = []
  for (let l = layers.length - 1; l >= 0; l--) {
    const { layer, states } = layers[l]!
    const above = each[l + 1]
    const own = arriving[l]!
    const dh = above === undefined ? own : tf.add(own, tf.mul(kept[l]!, above.dx))
    each[l] = recurrenceGradient(layer, [dh, ends[l]!], kind, states)
  }
  const of = (name: 'dW' | 'db' | 'dH0' | 'h' | 'delta' | 'back') =>
    tf.stack(each.map((gradients) => gradients[name]))
  const further = each.slice(1)
  return {
    dx: each[0]!.dx,
    dU: each[0]!.dU,
    dA: tf.stack(further.map(({ dU }) => dU)),
    dW: of('dW'),
    db: of('db'),
    dH0: of('dH0'),
    dMasks: tf.stack(further.map(({ dx }, l) => tf.mul(dx, layers[l]!.states.h))),
    h: of('h'),
    delta: of('delta'),
    back: of('back'),
  }
}
