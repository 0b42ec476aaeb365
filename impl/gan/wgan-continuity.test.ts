import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { tryDevice } from '../../conformance/fixtures/tried.ts'
import { useDevice } from '../device/device.ts'
import { pointDivergences } from './wgan-continuity.ts'

const devices = ['cpu', 'wasm', 'tensorflow'] as const
const tried = await Promise.all(devices.map(tryDevice))

describe.each(tried)('points that are hardly apart, on $name$skipped', ({ device, reason }) => {
  test.skipIf(reason)('are apart, however near', async () => {
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
