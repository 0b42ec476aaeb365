import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { openDevice, useDevice } from '../device/device.ts'
import { forward, forwardGradient } from './forward.ts'
import type { Kind } from './forward-memory.ts'

await useDevice(await openDevice('cpu'))

const [T, N, I, H] = [5, 3, 2, 3]

/** Numbers between −1 and 1, so that no gate is saturated. */
const moderate = (...shape: readonly number[]) =>
  tf.randomUniform([...shape], -1, 1, 'float32', shape.length + shape[0]!)

const inputs = {
  x: moderate(T, N, I),
  U: moderate(4, H, I),
  W: moderate(4, H, H),
  b: moderate(4, H),
  h0: moderate(N, H),
  c0: moderate(N, H),
  padded: tf.tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1], [T, N]),
  P: moderate(3, H),
}
const arriving = {
  dh: moderate(T, N, H),
  dc: tf.neg(moderate(T, N, H)),
  dLast: moderate(N, H),
  dLastCell: tf.neg(moderate(N, H)),
}

/** The gradients that TensorFlow.js finds by itself, of the sum of what arrives times the outputs. */
function automatic(kind: Kind) {
  const { padded, ...by } = inputs
  const names = Object.keys(by) as (keyof typeof by)[]
  const loss = (...values: tf.Tensor[]) => {
    const given = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
    const { h, c, last, lastCell } = forward({ ...given, padded } as typeof inputs, kind)
    const { dh, dc, dLast, dLastCell } = arriving
    const parts = [tf.mul(dh, h), tf.mul(dc, c), tf.mul(dLast, last), tf.mul(dLastCell, lastCell)]
    return tf.addN(parts.map((part) => tf.sum(part)))
  }
  const found = tf.grads(loss as never)(names.map((name) => by[name]))
  return Object.fromEntries(names.map((name, i) => [name, found[i]!]))
}

const kinds = [false, true].flatMap((coupled) =>
  (['forward', 'reverse'] as const).map((direction) => ({ coupled, direction })),
)

describe('gradients written by hand', () => {
  it('are 0 of a coupled forget gate, though what arrives at others is infinite', () => {
    const beyond = { ...arriving, dc: tf.fill([T, N, H], 3e38), dLastCell: tf.fill([N, H], 3e38) }
    const kind = { coupled: true, direction: 'forward' } as const
    const { db, dU } = forwardGradient({ ...inputs, ...beyond }, kind)
    expect(tf.any(tf.isFinite(db)).dataSync()[0]).toBe(1)
    expect(tf.all(tf.isFinite(db)).dataSync()[0]).toBe(0)
    for (const gradient of [db, dU]) {
      const [, ofForgetGate] = tf.split(gradient, 4)
      expect([...ofForgetGate!.dataSync()].filter((v) => v !== 0)).toEqual([])
    }
  })

  it.each(kinds)('are those of automatic differentiation, but for rounding: %o', (kind) => {
    const { dx, dU, dW, db, dH0, dC0, dP } = forwardGradient({ ...inputs, ...arriving }, kind)
    const byHand = { x: dx, U: dU, W: dW, b: db, h0: dH0, c0: dC0, P: dP }
    const found = automatic(kind)
    const differences = Object.entries(byHand).map(([name, gradient]) => {
      const off = tf.max(tf.abs(tf.sub(gradient, found[name]!))).arraySync() as number
      return off / (tf.max(tf.abs(gradient)).arraySync() as number)
    })
    // Some fifteen sums of at most fifteen terms follow each other, half a unit in the last place each.
    expect(Math.max(...differences)).toBeLessThan(15 * 15 * 2 ** -24)
  })
})

describe('memory', () => {
  it.each(kinds)('holds nothing but the outputs after a call: %o', (kind) => {
    const before = tf.memory().numTensors
    const outputs = tf.tidy(() => ({
      ...forward(inputs, kind),
      ...forwardGradient({ ...inputs, ...arriving }, kind),
    }))
    expect(tf.memory().numTensors - before).toBe(Object.keys(outputs).length)
    tf.dispose(outputs)
  })
})
