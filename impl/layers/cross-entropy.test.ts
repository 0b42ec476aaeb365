import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients for automatic differentiation.
import '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { tryDevice } from '../../conformance/fixtures/tried.ts'
import { crossEntropyGradient, crossEntropyTerms, surprises } from './cross-entropy.ts'

const scores = [3, 1, -2, 0, 0, 80, -80, 0.5]
const targets = [0, 1, 0.5, 0, 0.25, 0, 0.25, 2]
const shape: [number, number] = [2, 4]

/**
 * How far gradients may be apart: of each, up to the targets of a sample, 2.5, times a probability, at most 15 roundings:
 * differences, exponentials of what is above −5 and 2^-100 of what is not, a sum of four, a quotient and a product.
 */
const limit = 2 * 15 * 2 ** -24 * 2.5

describe.each(['cpu', 'wasm', 'tensorflow'] as const)('cross-entropy on %s', async (name) => {
  const { reason, skipped } = await tryDevice(name)

  const of = <T>(compute: (z: tf.Tensor2D, t: tf.Tensor2D) => T) => {
    tf.setBackend(name)
    return compute(tf.tensor2d(scores, shape), tf.tensor2d(targets, shape))
  }

  it.skipIf(reason)(`has the gradient that TensorFlow.js finds${skipped}`, () => {
    const [found, written] = of((z, t) => {
      const loss = (scores: tf.Tensor) => tf.sum(crossEntropyTerms(scores, t)) as tf.Scalar
      return [tf.grad(loss)(z), crossEntropyGradient(z, t)].map((x) => [...x.dataSync()])
    })
    for (const [i, dz] of found!.entries()) {
      expect(Math.abs(dz - written![i]!)).toBeLessThanOrEqual(limit)
    }
  })

  // Elsewhere it compares targets with 0, of which TensorFlow.js has no gradient.
  it.skipIf(reason || name !== 'tensorflow')(
    `has a gradient by targets where one call makes it${skipped || (name === 'tensorflow' ? '' : ' (skipped: several do)')}`,
    () => {
      const found = of((z, t) => {
        const loss = (targets: tf.Tensor) => tf.sum(crossEntropyTerms(z, targets)) as tf.Scalar
        return [tf.grad(loss)(t), surprises(z)].map((x) => [...x.dataSync()])
      })
      const wanted = targets.map((t, i) => (t === 0 ? 0 : found[1]![i]!))
      expect(found[0]).toEqual(wanted)
    },
  )

  it.skipIf(reason)(
    `counts nothing for what should not be, even where it cannot be${skipped}`,
    () => {
      const terms = of(() =>
        crossEntropyTerms(tf.tensor2d([[0, -Infinity]]), tf.tensor2d([[1, 0]])).dataSync(),
      )
      expect([...terms].map(Math.abs)).toEqual([0, 0])
    },
  )
})
