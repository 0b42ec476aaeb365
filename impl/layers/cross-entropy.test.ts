import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { openDevice } from '../device/device.ts'
import { messageOf } from '../device/errors.ts'
import { crossEntropyGradient, crossEntropyTerms } from './cross-entropy.ts'

const scores = [3, 1, -2, 0, 0, 80, -80, 0.5]
const targets = [0, 1, 0.5, 0, 0.25, 0, 0.25, 2]
const shape: [number, number] = [2, 4]

/** Of numbers that are near to 1 or below it, with a dozen operations on each. */
const digits = 6

describe.each(['cpu', 'wasm', 'tensorflow'] as const)('cross-entropy on %s', async (name) => {
  const device = await openDevice(name).catch(messageOf)
  const reason = typeof device === 'string' ? ` (skipped: ${device})` : ''

  const of = <T>(compute: (z: tf.Tensor2D, t: tf.Tensor2D) => T) => {
    tf.setBackend(name)
    return compute(tf.tensor2d(scores, shape), tf.tensor2d(targets, shape))
  }

  it.skipIf(reason)(`has the gradient that TensorFlow.js finds${reason}`, () => {
    const [found, written] = of((z, t) => {
      const loss = (scores: tf.Tensor) => tf.sum(crossEntropyTerms(scores, t)) as tf.Scalar
      return [tf.grad(loss)(z), crossEntropyGradient(z, t)].map((x) => [...x.dataSync()])
    })
    for (const [i, dz] of found!.entries()) expect(dz).toBeCloseTo(written![i]!, digits)
  })

  it.skipIf(reason)(
    `counts nothing for what should not be, even where it cannot be${reason}`,
    () => {
      const terms = of(() =>
        crossEntropyTerms(tf.tensor2d([[0, -Infinity]]), tf.tensor2d([[1, 0]])).dataSync(),
      )
      expect([...terms].map(Math.abs)).toEqual([0, 0])
    },
  )
})
