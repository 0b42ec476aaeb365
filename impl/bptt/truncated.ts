import * as tf from '@tensorflow/tfjs-core'
import type { truncatedGradient as spec } from '../../spec/bptt/truncated.ts'
import { recurrenceGradient } from '../layers/recurrent.ts'
import { totalOf } from '../layers/total.ts'
import type { Fast } from '../operation.ts'
import { arrivingGradients } from './loss.ts'

/** Some steps of an array in time. */
function steps(array: tf.Tensor, from: number, to: number): tf.Tensor {
  const [, ...others] = array.shape
  return tf.slice(array, [from, ...others.map(() => 0)], [to - from, ...others])
}

/** An array in time, with zeros at the steps before and after it. */
function among(array: tf.Tensor, before: number, after: number): tf.Tensor {
  const sides = array.shape.map((_, axis) => (axis === 0 ? [before, after] : [0, 0]))
  return tf.pad(array, sides as [number, number][])
}

/**
 * Gradients of truncated back-propagation through time.
 *
 * Clauses    bptt.truncated
 * Fast by    one forward pass, and windows that are parts of it
 */
export const truncatedGradient: Fast<typeof spec> = (inputs, { activation, window, every }) => {
  const T = inputs.x.shape[0]!
  const { kind, layer, forward, dh, dV, dc } = arrivingGradients(inputs, activation)
  const nothing = tf.zerosLike(inputs.h0)
  const passes = Array.from({ length: Math.ceil(T / every) }, (_, pass) => {
    const [start, end] = [pass * every, Math.min(T, (pass + 1) * every)]
    const begin = Math.max(0, end - window)
    const cut = (array: tf.Tensor) => steps(array, begin, end)
    const own = among(steps(dh, start, end), start - begin, 0)
    const piece = { ...layer, x: cut(layer.x), padded: cut(layer.padded) }
    const through = { h: cut(forward.h), before: cut(forward.before), last: forward.last }
    const found = recurrenceGradient(piece, [own, nothing], kind, through)
    return {
      ...found,
      dx: among(found.dx, begin, T - end),
      dH0: begin === 0 ? found.dH0 : nothing,
    }
  })
  const added = (name: 'dx' | 'dU' | 'dW' | 'db' | 'dH0') =>
    totalOf(passes.map((pass) => pass[name]))
  return {
    dx: added('dx'),
    dU: added('dU'),
    dW: added('dW'),
    db: added('db'),
    dH0: added('dH0'),
    dV,
    dc,
  }
}
