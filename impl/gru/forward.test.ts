import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { openDevice, useDevice } from '../device/device.ts'
import { forward, forwardGradient } from './forward.ts'
import type { Kind, Layer } from './forward-steps.ts'

await useDevice(await openDevice('cpu'))

const [T, N, I, H] = [5, 3, 2, 3]

const drawn = (...shape: readonly number[]) =>
  tf.randomUniform([...shape], -1, 1, 'float32', shape.length + shape[0]!)

const layer: Layer = {
  x: drawn(T, N, I),
  U: drawn(3, H, I),
  W: drawn(3, H, H),
  b: drawn(3, H),
  bn: drawn(H),
  h0: drawn(N, H),
  padded: tf.tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1], [T, N]),
}
const [dh, dLast] = [drawn(T, N, H), drawn(N, H)]

/** The gradients that TensorFlow.js finds by itself, of ⟨dh, h⟩ + ⟨dLast, last⟩. */
function automatic(kind: Kind) {
  const { padded, ...by } = layer
  const names = Object.keys(by) as (keyof typeof by)[]
  const loss = (...values: tf.Tensor[]) => {
    const given = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
    const { h, last } = forward({ ...given, padded } as Layer, kind)
    return tf.add(tf.sum(tf.mul(dh, h)), tf.sum(tf.mul(dLast, last)))
  }
  return tf.grads(loss as never)(names.map((name) => by[name]))
}

describe('gradients written by hand', () => {
  const kinds = (['before', 'after'] as const).flatMap((reset) =>
    (['forward', 'reverse'] as const).map((direction) => ({ reset, direction })),
  )

  it.each(kinds)('are those of automatic differentiation: %o', (kind) => {
    const { dx, dU, dW, db, dBn, dH0 } = forwardGradient({ ...layer, dh, dLast }, kind)
    const byHand = [dx, dU, dW, db, dBn, dH0]
    for (const [at, found] of automatic(kind).entries()) {
      // Both add up the same fifteen to a hundred products of numbers below 4 in single precision.
      const apart = tf.max(tf.abs(tf.sub(found, byHand[at]!))).dataSync()[0]!
      expect(apart).toBeLessThan(100 * 4 * 2 ** -23)
    }
  })
})

it('no tensor is left over from call to call', () => {
  const kind = { reset: 'after', direction: 'forward' } as const
  const call = () => {
    const outputs = tf.tidy(() => ({ ...forwardGradient({ ...layer, dh, dLast }, kind) }))
    for (const output of Object.values(outputs)) output.dispose()
  }
  call()
  const { numTensors } = tf.memory()
  for (let i = 0; i < 3; i++) call()
  expect(tf.memory().numTensors).toBe(numTensors)
})
