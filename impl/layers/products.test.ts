import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import { tryDevice } from '../../conformance/fixtures/tried.ts'
import { useDevice } from '../device/device.ts'
import { inSmallProducts, productOfAny } from './products.ts'

const { device, reason, skipped } = await tryDevice('webgpu')

describe.skipIf(reason)(`products${skipped}`, () => {
  afterAll(() => device.close())
  const flag = 'WEBGPU_MATMUL_PROGRAM_TYPE'

  test('are the same numbers by another program, which is in use meanwhile alone', async () => {
    await useDevice(device)
    const before = tf.env().getNumber(flag)
    const A = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])
    const seen: number[] = []
    const product = () => {
      seen.push(tf.env().getNumber(flag))
      return tf.matMul(A, A, false, true)
    }
    expect([...(await inSmallProducts(product).data())]).toEqual([...(await product().data())])
    expect(seen[0]).not.toBe(before)
    expect(seen[1]).toBe(before)
  })

  test('leave the program as it was when something is thrown', async () => {
    await useDevice(device)
    const before = tf.env().getNumber(flag)
    const fail = () => {
      throw new Error('no product')
    }
    expect(() => inSmallProducts(fail)).toThrow('no product')
    expect(tf.env().getNumber(flag)).toBe(before)
  })

  test('of infinite numbers are those that were asked for', async () => {
    await useDevice(device)
    const a = tf.zeros([15, 1]) as tf.Tensor2D
    const b = tf.tensor2d([0, 0, 0, 0, 0, 0, 0, 0, Number.POSITIVE_INFINITY], [1, 9])
    const row = [0, 0, 0, 0, 0, 0, 0, 0, Number.NaN]
    expect([...(await productOfAny(a, b).data())]).toEqual(Array(15).fill(row).flat())
    // What the package makes of them, for which there is another way here: it goes when that does.
    expect([...(await tf.matMul(a, b).data())].slice(0, 8)).not.toEqual(row.slice(0, 8))
  })
})
