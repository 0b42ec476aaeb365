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

/** Each with the parts that a kernel in the place of the package's takes of it. */
test.each([
  ['a step of a sequence', () => [tf.slice(whole(5, 3, 4), [2, 0, 0], [1, 3, 4])]],
  ['columns', () => [tf.slice(whole(6, 8), [1, 3], [4, 2])]],
  ['a block within a block', () => [tf.slice(whole(4, 5, 6, 3), [1, 2, 3, 0], [2, 2, 2, 3])]],
  [
    'a corner of five axes',
    () => [tf.slice(whole(2, 3, 2, 3, 2), [1, 1, 0, 1, 1], [1, 2, 2, 1, 1])],
  ],
  ['nothing', () => [tf.slice(whole(4, 3), [2, 0], [0, 3])]],
  ['all from a place on', () => [tf.slice(whole(7), [3], [-1])]],
  ['whole numbers', () => [tf.slice(tf.cast(whole(4, 6), 'int32'), [1, 1], [2, 3])]],
  ['truths', () => tf.unstack(tf.greater(whole(4, 6), 0))],
  ['each step', () => tf.unstack(whole(5, 3, 4))],
  ['each unit', () => tf.unstack(whole(5, 3, 4), -1)],
  ['four gates', () => tf.split(whole(3, 8), 4, 1)],
  ['gates of several sizes', () => tf.split(whole(2, 9, 2), [4, 0, 5], 1)],
] as const)('%s', (_, parts) => {
  const before = tf.memory().numTensors
  tf.tidy(() => {
    const [repaired, released] = [parts(), asReleased(parts)]
    expect(repaired.map(({ shape, dtype }) => [shape, dtype])).toEqual(
      released.map(({ shape, dtype }) => [shape, dtype]),
    )
    expect(repaired.map((part) => part.dataSync())).toEqual(released.map((part) => part.dataSync()))
  })
  expect(tf.memory().numTensors).toBe(before)
})

test('the hyperbolic tangent is the nearest number or one beside it, from 1e-45 on', () => {
  const sizes = Array.from({ length: 40_000 }, (_, i) => 10 ** (-45 + (46.2 * i) / 40_000))
  const x = Float32Array.from([0, ...sizes, 9, 9.1, 20, 1e38, Number.POSITIVE_INFINITY])
  const signed = Float32Array.from([...x, ...x.map((of) => -of)])
  const found = tf.tidy(() => tf.tanh(tf.tensor1d(signed)).dataSync())
  const digits = (of: Float32Array) => new Int32Array(of.buffer, of.byteOffset, of.length)
  const nearest = digits(signed.map(Math.tanh))
  const apart = digits(found as Float32Array).map((bits, i) => Math.abs(bits - nearest[i]!))
  expect(Math.max(...apart.slice(0, x.length))).toBeLessThanOrEqual(1)
  expect(Math.max(...apart.slice(x.length))).toBeLessThanOrEqual(1)
  expect(tf.tidy(() => tf.tanh(tf.tensor1d([Number.NaN])).dataSync()[0])).toBeNaN()
})
