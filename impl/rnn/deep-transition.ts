import * as tf from '@tensorflow/tfjs-core'
import type {
  deepTransitionGradient as gradientSpec,
  deepTransition as spec,
} from '../../spec/rnn/deep-transition.ts'
import { activations, inOrder, type Kind, throughActivation } from '../layers/recurrent.ts'
import {
  countedOf,
  eachStep,
  paddingOfEach,
  rows,
  select,
  turned,
  unless,
} from '../layers/steps.ts'
import type { Fast } from '../operation.ts'

type Name = 'x' | 'U' | 'W' | 'A' | 'S' | 'b' | 'h0' | 'padded'
type Layer = Readonly<Record<Name, tf.Tensor>>

const product = (one: tf.Tensor, other: tf.Tensor) =>
  tf.matMul(one as tf.Tensor2D, other as tf.Tensor2D)

/** Steps of a layer in the order in which they are done: what its layers give, and the states before. */
function transitions({ x, U, W, A, S, b, h0, padded }: Layer, kind: Kind) {
  const [T, N] = x.shape as [number, number]
  const H = W.shape[0]!
  const biases = tf.unstack(b)
  const projected = tf.add(product(rows(x), turned(U as tf.Tensor2D)), biases[0]!)
  const each = inOrder(eachStep(tf.reshape(projected, [T, N, H])), kind)
  const padding = inOrder(paddingOfEach(padded, H), kind)
  const further = tf.unstack(A).map((weights) => turned(weights as tf.Tensor2D))
  const fromState = tf.concat([turned(W as tf.Tensor2D), turned(S as tf.Tensor2D)], 1)
  const activate = activations[kind.activation]
  const z: tf.Tensor[][] = []
  const before: tf.Tensor[] = []
  let state = h0
  for (const [at, projection] of each.entries()) {
    before.push(state)
    const [enters, past] = tf.split(product(state, fromState), 2, 1) as [tf.Tensor, tf.Tensor]
    const given = [activate(tf.add(projection, enters))]
    for (const [l, weights] of further.entries()) {
      const entering = tf.add(product(given[l]!, weights), biases[l + 1]!)
      given.push(activate(l === further.length - 1 ? tf.add(entering, past) : entering))
    }
    state = select(padding[at]!, state, given.at(-1)!)
    z.push([...given.slice(0, -1), state])
  }
  return { z, before, padding }
}

/** Arrays of steps in the order in which they are done, in time. */
const inTime = (steps: readonly tf.Tensor[], kind: Kind) => tf.stack([...inOrder(steps, kind)])

/**
 * Recurrent layer with a deep transition.
 *
 * Clauses    rnn.deep-transition
 * Fast by    one product for the inputs of all steps, and one a step for both ways from the state
 */
export const deepTransition: Fast<typeof spec> = (inputs, kind) => {
  const states = transitions(inputs, kind).z.map((given) => given.at(-1)!)
  return { h: inTime(states, kind), last: tf.clone(states.at(-1)!) }
}

/**
 * Gradients of a recurrent layer with a deep transition, through time.
 *
 * Clauses    rnn.deep-transition
 * Fast by    one product a step for both ways back to the state; the sums over time are one product each, over the
 *            rows of all steps and sequences together
 */
export const deepTransitionGradient: Fast<typeof gradientSpec> = (inputs, kind) => {
  const { x, U, W, A, S, dh } = inputs
  const L = inputs.b.shape[0]!
  const { z, before, padding } = transitions(inputs, kind)
  const arriving = inOrder(eachStep(dh), kind)
  const further = tf.unstack(A)
  const toState = tf.concat([W, S] as tf.Tensor2D[])
  const deltas: tf.Tensor[][] = Array.from({ length: L }, () => [])
  const back: tf.Tensor[] = []
  let later = inputs.dLast
  for (let at = z.length - 1; at >= 0; at--) {
    const isPadding = padding[at]!
    const g = tf.add(arriving[at]!, later)
    let own = g
    for (let l = L - 1; l >= 0; l--) {
      const delta = unless(isPadding, throughActivation(kind, z[at]![l]!, own))
      deltas[l]![at] = delta
      if (l > 0) own = product(delta, further[l - 1]!)
    }
    const both = tf.concat([deltas[0]![at]!, deltas[L - 1]![at]!] as tf.Tensor2D[], 1)
    later = select(isPadding, g, product(both, toState))
    back[at] = later
  }
  const delta = deltas.map((steps) => inTime(steps, kind))
  const turnedRows = delta.map((steps) => turned(rows(steps)))
  const counted = (array: tf.Tensor) => rows(countedOf(array, inputs.padded))
  const layer = (l: number) =>
    counted(
      inTime(
        z.map((given) => given[l]!),
        kind,
      ),
    )
  const inner = Array.from({ length: L - 1 }, (_, l) => layer(l))
  const states = rows(inTime(before, kind))
  return {
    dx: tf.reshape(product(rows(delta[0]!), U), x.shape),
    dU: product(turnedRows[0]!, counted(x)),
    dW: product(turnedRows[0]!, states),
    dA: tf.stack(inner.map((given, l) => product(turnedRows[l + 1]!, given))),
    dS: product(turnedRows[L - 1]!, states),
    db: tf.sum(tf.stack(delta), [1, 2]),
    dH0: tf.clone(later),
    h: inTime(
      z.map((given) => given.at(-1)!),
      kind,
    ),
    inner: tf.stack(
      inner.map((given) => tf.reshape(given, dh.shape)),
      1,
    ),
    delta: tf.stack(delta, 1),
    back: inTime(back, kind),
  }
}
