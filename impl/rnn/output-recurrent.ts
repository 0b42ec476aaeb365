import * as tf from '@tensorflow/tfjs-core'
import type {
  outputRecurrentGradient as gradientSpec,
  outputRecurrent as spec,
} from '../../spec/rnn/output-recurrent.ts'
import { activations, throughActivation } from '../layers/recurrent.ts'
import { asRows, scoresGradientOf, scoresOf } from '../layers/scores.ts'
import type { Fast } from '../operation.ts'

type Name = 'x' | 'U' | 'W' | 'b' | 'V' | 'c' | 'o0' | 'y'
type Network = Readonly<Record<Name, tf.Tensor>>
interface Kind {
  readonly activation: 'tanh' | 'relu' | 'linear'
  readonly feedback: 'own' | 'target'
}

const times = (rows: tf.Tensor, W: tf.Tensor) =>
  tf.matMul(rows as tf.Tensor2D, W as tf.Tensor2D, false, true)

/** Steps a place later, the last one gone, after a first one. */
const shifted = (first: tf.Tensor, steps: tf.Tensor) =>
  tf.stack([first, ...tf.unstack(steps).slice(0, -1)])

/** The states and the outputs of every step, and what came back before it. */
function forwards({ x, U, W, b, V, c, o0, y }: Network, { activation, feedback }: Kind) {
  const [T, N] = x.shape as [number, number]
  const H = W.shape[0]!
  const projected = tf.add(times(asRows(x), U), b)
  if (feedback === 'target') {
    const before = shifted(o0, y)
    const states = activations[activation](tf.add(projected, times(asRows(before), W)))
    const h = tf.reshape(states, [T, N, H])
    return { h, o: scoresOf(h, V, c), before }
  }
  const [h, o, before]: [tf.Tensor[], tf.Tensor[], tf.Tensor[]] = [[], [], []]
  let output = o0
  for (const each of tf.unstack(tf.reshape(projected, [T, N, H]))) {
    before.push(output)
    const state = activations[activation](tf.add(each, times(output, W)))
    output = tf.add(times(state, V), c)
    h.push(state)
    o.push(output)
  }
  return { h: tf.stack(h), o: tf.stack(o), before: tf.stack(before) }
}

/**
 * Recurrent network whose outputs come back.
 *
 * Clauses    rnn.variant.output-recurrent
 * Fast by    with teacher forcing, one product for all steps of each kind: they do not wait for each other
 */
export const outputRecurrent: Fast<typeof spec> = (inputs, kind) => {
  const { h, o } = forwards(inputs, kind)
  return { h, o }
}

/** What enters the activation of every step, and its output, as gradients. */
function backwards(
  { W, V, dh, do: dO }: Readonly<Record<'W' | 'V' | 'dh' | 'do', tf.Tensor>>,
  h: tf.Tensor,
  kind: Kind,
) {
  const back = (d: tf.Tensor, M: tf.Tensor) => tf.matMul(d as tf.Tensor2D, M as tf.Tensor2D)
  if (kind.feedback === 'target') {
    const arriving = tf.add(dh, tf.reshape(back(asRows(dO), V), h.shape))
    return { delta: throughActivation(kind, h, arriving), byOutput: dO }
  }
  const [states, arriving] = [tf.unstack(h), tf.unstack(dh)]
  const byOutput = tf.unstack(dO)
  const deltas: tf.Tensor[] = []
  for (let t = states.length - 1; t >= 0; t--) {
    const later = deltas[t + 1]
    if (later !== undefined) byOutput[t] = tf.add(byOutput[t]!, back(later, W))
    const g = tf.add(arriving[t]!, back(byOutput[t]!, V))
    deltas[t] = throughActivation(kind, states[t]!, g)
  }
  return { delta: tf.stack(deltas), byOutput: tf.stack(byOutput) }
}

/**
 * Gradients of a recurrent network whose outputs come back.
 *
 * Clauses    rnn.variant.output-recurrent
 * Fast by    one product for each sum over time; with teacher forcing, one for what goes back from all steps
 */
export const outputRecurrentGradient: Fast<typeof gradientSpec> = (inputs, kind) => {
  const { x, U, W, V, o0, y } = inputs
  const { h, o, before } = forwards(inputs, kind)
  const { delta, byOutput } = backwards(inputs, h, kind)
  const rows = asRows(delta)
  const back = tf.reshape(tf.matMul(rows, W as tf.Tensor2D), y.shape)
  const through = tf.unstack(back)
  const nothing = tf.zerosLike(o0)
  const { dV, dc } = scoresGradientOf(h, V, byOutput)
  return {
    dx: tf.reshape(tf.matMul(rows, U as tf.Tensor2D), x.shape),
    dU: tf.matMul(rows, asRows(x), true),
    dW: tf.matMul(rows, asRows(before), true),
    db: tf.sum(rows, 0),
    dV,
    dc,
    dO0: through[0]!,
    dy: kind.feedback === 'own' ? tf.zerosLike(y) : tf.stack([...through.slice(1), nothing]),
    h,
    o,
    delta,
    back,
  }
}
