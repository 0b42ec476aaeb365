import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from './device.ts'
import { asReleased } from './replaced-kernels.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice('wasm')
})
afterAll(() => device.close())

/** Whole numbers, whose products are exact in any order. */
const whole = (...shape: number[]) =>
  tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => ((i * 7) % 11) - 5),
    shape,
  )

test.each([
  [[24, 20], [20, 18], false, false],
  [[20, 24], [20, 18], true, false],
  [[24, 20], [18, 20], false, true],
  [[20, 24], [18, 20], true, true],
  [[1, 24, 20], [1, 18, 20], false, true],
  [[3, 20, 24], [3, 18, 20], true, true],
  [[2, 24, 20], [1, 18, 20], false, true],
  [[3, 2], [3, 4], true, false],
] as const)('%j by %j, transposed %s and %s', (left, right, transposeA, transposeB) => {
  const before = tf.memory().numTensors
  tf.tidy(() => {
    const product = () => tf.matMul(whole(...left), whole(...right), transposeA, transposeB)
    const [repaired, released] = [product(), asReleased(product)]
    expect(repaired.shape).toEqual(released.shape)
    expect(repaired.dataSync()).toEqual(released.dataSync())
  })
  expect(tf.memory().numTensors).toBe(before)
})
