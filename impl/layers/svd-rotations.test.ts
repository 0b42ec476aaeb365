import * as tf from '@tensorflow/tfjs-core'
import { afterAll, expect, test } from 'vitest'
import { tryDevice } from '../../conformance/fixtures/tried.ts'
import { useDevice } from '../device/device.ts'
import { orthogonalized } from './svd-rotations.ts'

const { device, reason, skipped } = await tryDevice('cpu')
afterAll(() => device.close())

/** Rows that have much of one another: their singular values are 1 but for one, n + 1. */
const alike = (n: number) => tf.add<tf.Tensor2D>(tf.eye(n), tf.ones([n, n]))

/** Rows each of which is half as long as the one before, and has something of all. */
const graded = (n: number) => {
  const range = tf.range(0, n)
  const apart = tf.abs(tf.sub(tf.reshape(range, [n, 1]), range))
  const parts = tf.div<tf.Tensor2D>(0.25, tf.add(1, apart))
  return tf.mul<tf.Tensor2D>(parts, tf.reshape(tf.pow(0.5, range), [n, 1]))
}

const each = [2, 3, 4, 5, 8, 9, 15].flatMap((n) => [
  { n, name: 'alike', rowsOf: alike },
  { n, name: 'graded', rowsOf: graded },
])

test.skipIf(reason).each(each)(
  `$n rows that are $name become orthogonal by rotations${skipped}`,
  async ({ n, rowsOf }) => {
    await useDevice(device)
    const { images, axes } = orthogonalized(rowsOf(n))
    const lengths = tf.sqrt(tf.sum(tf.square(images), 1, true))
    const unit = tf.div(images, lengths)
    const off = (Q: tf.Tensor2D) =>
      tf.max(tf.abs(tf.sub(tf.matMul(Q, Q, false, true), tf.eye(n)))).dataSync()[0]!
    // Of sums of 15 products of numbers of up to 1, in single precision: 16 × 2^-24 each, and as much by each of 8 sweeps.
    const bound = 8 * 16 * 2 ** -24
    expect(off(unit as tf.Tensor2D)).toBeLessThan(bound)
    expect(off(axes)).toBeLessThan(bound)
  },
)
