import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import { tryDevice } from '../../conformance/fixtures/tried.ts'
import { useDevice } from '../device/device.ts'
import { firstLargest, firstSmallest } from './first.ts'
import { sumsOfGroups } from './groups.ts'
import { norms, shares } from './norm.ts'

const names = ['cpu', 'wasm', 'webgpu', 'tensorflow'] as const
const tried = await Promise.all(names.map(tryDevice))

describe.each(tried)('on $name', ({ device, reason, skipped }) => {
  afterAll(async () => {
    if (!reason) await device.close()
  })
  const title = (text: string) => text + skipped
  const on = test.skipIf(reason)

  // Rows of 32 and more are divided among threads by WebGPU, and 64 threads see one element more of 65.
  on.each([2, 31, 32, 33, 64, 65, 200])(
    title('of %d elements the first of equal ones counts'),
    async (n) => {
      await useDevice(device)
      for (const first of [0, 1, n >> 1, n - 1]) {
        const row = Float32Array.from({ length: n }, (_, i) => (i < first ? 1 : 0))
        const x = tf.tensor2d(row, [1, n])
        const [least, largest] = [firstSmallest(x), firstLargest(tf.neg(x))]
        expect([(await least.data())[0], (await largest.data())[0]]).toEqual([first, first])
        const inside = firstLargest(tf.reshape(tf.neg(x), [1, n, 1]), 1)
        expect((await inside.data())[0]).toBe(first)
      }
    },
  )

  on.each([8, 40])(title('of %d elements one that is no number is not the largest'), async (n) => {
    await useDevice(device)
    const row = Float32Array.from({ length: n }, (_, i) => (i === 2 ? Number.NaN : i % 5))
    expect((await firstLargest(tf.tensor2d(row, [1, n])).data())[0]).toBe(4)
  })

  on(title('the lowest finite number is above minus infinity'), async () => {
    await useDevice(device)
    const x = tf.tensor2d([Number.NEGATIVE_INFINITY, -3.4028234663852886e38], [1, 2])
    expect((await firstLargest(x).data())[0]).toBe(1)
  })

  // One more pair than a table may have is added up otherwise.
  on.each([256, 257])(title('groups of %d numbers have their sums, and none 0'), async (n) => {
    await useDevice(device)
    const codes = Float32Array.from({ length: n }, (_, i) => i % 3)
    const ones = tf.ones([n])
    const sums = await sumsOfGroups(tf.tensor1d(codes), ones, 4096).data()
    const counts = [0, 1, 2].map((code) => codes.filter((c) => c === code).length)
    expect([...sums.slice(0, 5)]).toEqual([...counts, 0, 0])
  })

  on(title('numbers above 2^126 have a length, though no reciprocal'), async () => {
    await useDevice(device)
    const x = tf.tensor2d([2 ** 127, 0, 3, 4], [2, 2])
    expect([...(await norms(x, [1]).data())]).toEqual([2 ** 127, 5])
    const largest = tf.tensor1d([2 ** 127, 1])
    expect([...(await shares(tf.tensor1d([2 ** 126, 0.5]), largest).data())]).toEqual([0.5, 0.5])
  })
})
