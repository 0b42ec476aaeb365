import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, test } from 'vitest'
import { type Device, openDevice, useDevice } from '../device/device.ts'
import { messageOf } from '../device/errors.ts'
import { inSmallProducts } from './products.ts'

const opened = await openDevice('webgpu').catch(messageOf)
const reason = typeof opened === 'string' ? opened : ''

describe.skipIf(reason)(`small products${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const device = opened as Device
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
})
