import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { openDevice, useDevice } from '../device/device.ts'
import { type Kind, type Recurrence, recurrence, recurrenceGradient } from './recurrent.ts'

await useDevice(await openDevice('cpu'))

const [T, N, I, H] = [5, 3, 2, 3]

/** Whole numbers from −2 to 2, so that every sum is exact. */
const whole = (...shape: readonly number[]) =>
  tf.floor(tf.randomUniform([...shape], -2, 3, 'float32', shape.length + shape[0]!))

const inputs: Recurrence = {
  x: whole(T, N, I),
  U: whole(H, I),
  W: whole(H, H),
  b: whole(H),
  h0: whole(N, H),
  padded: tf.tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1], [T, N]),
}
const [dh, dLast] = [whole(T, N, H), whole(N, H)]

/** The gradients that TensorFlow.js finds by itself, of ⟨dh, h⟩ + ⟨dLast, last⟩. */
function automatic(kind: Kind) {
  const { padded, ...by } = inputs
  const names = Object.keys(by) as (keyof typeof by)[]
  const loss = (...values: tf.Tensor[]) => {
    const given = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
    const { h, last } = recurrence({ ...given, padded } as Recurrence, kind)
    return tf.add(tf.sum(tf.mul(dh, h)), tf.sum(tf.mul(dLast, last)))
  }
  const found = tf.grads(loss as never)(names.map((name) => by[name]))
  return Object.fromEntries(names.map((name, i) => [name, found[i]!.arraySync()]))
}

describe('gradients written by hand', () => {
  const kinds = (['relu', 'linear'] as const).flatMap((activation) =>
    (['forward', 'reverse'] as const).map((direction) => ({ activation, direction })),
  )

  it.each(kinds)('are those of automatic differentiation, to the bit: %o', (kind) => {
    const { dx, dU, dW, db, dH0 } = recurrenceGradient(inputs, [dh, dLast], kind)
    const byHand = { x: dx, U: dU, W: dW, b: db, h0: dH0 }
    const arrays = Object.entries(byHand).map(([name, d]) => [name, d.arraySync()])
    expect(Object.fromEntries(arrays)).toEqual(automatic(kind))
  })
})
