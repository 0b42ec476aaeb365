import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { openDevice, useDevice } from '../device/device.ts'
import { messageOf } from '../device/errors.ts'
import { pointDivergences } from './wgan-continuity.ts'

const devices = ['cpu', 'wasm', 'tensorflow'] as const
const opened = await Promise.all(
  devices.map(async (name) => {
    const device = await openDevice(name).catch(messageOf)
    return { name, device, reason: typeof device === 'string' ? ` (skipped: ${device})` : '' }
  }),
)

describe.each(opened)('points that are hardly apart, on $name$reason', ({ device }) => {
  test.skipIf(typeof device === 'string')('are apart, however near', async () => {
    if (typeof device === 'string') return
    await useDevice(device)
    // The smallest number on either side, and a subnormal one nearly as large as a normal one.
    const theta = tf.tensor1d([2 ** -149, -(2 ** -149), 1.1e-38, 0, 1])
    const { slope, kullbackLeibler } = pointDivergences({ theta }, {})
    expect([...slope.dataSync()]).toEqual([1, -1, 1, 0, 1])
    const far = Number.POSITIVE_INFINITY
    expect([...kullbackLeibler.dataSync()]).toEqual([far, far, far, 0, far])
    await device.close()
  })
})
