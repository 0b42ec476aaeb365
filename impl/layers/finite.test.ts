import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from '../device/device.ts'
import { areSurelyFinite } from './finite.ts'

describe.each(['wasm', 'cpu'] as const)('on %s', (name) => {
  let device: Device
  beforeAll(async () => {
    device = await openDevice(name)
  })
  afterAll(() => device.close())

  /** An array of 2 × 5 × 3 × K halves, with one element exchanged. */
  const withOne = (K: number, at: number, value: number) => {
    const numbers = new Float32Array(30 * K).fill(0.5)
    numbers[at] = value
    return tf.tidy(() => areSurelyFinite(tf.tensor4d(numbers, [2, 5, 3, K])))
  }

  test.each([1, 3, 8, 17])('of %d channels, any element that is not finite is noticed', (K) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (let at = 0; at < 30 * K; at++) expect([at, withOne(K, at, value)]).toEqual([at, false])
    }
    expect(withOne(K, 0, 1e30)).toBe(true)
  })

  test('infinities of both signs are noticed, and no elements are known to be finite', () => {
    const both = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    expect(tf.tidy(() => areSurelyFinite(tf.tensor2d(both, [2, 1])))).toBe(false)
    expect(tf.tidy(() => areSurelyFinite(tf.zeros([0, 2])))).toBe(false)
  })
})
