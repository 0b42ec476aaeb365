import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { tryToOpen } from '../../conformance/fixtures/tried.ts'
import { openDevice, useDevice } from '../device/device.ts'
import { averagePoolGradient, maxPoolGradient } from './pool-gradient.ts'

const opened = {
  cpu: await tryToOpen('cpu'),
  wasm: await tryToOpen('wasm'),
  tensorflow: await tryToOpen('tensorflow'),
}

/** Under three windows of two, the first of which begins before it. */
const image = [5, 1]

for (const name of ['cpu', 'wasm', 'tensorflow'] as const) {
  const { reason, skipped } = opened[name]
  describe.skipIf(reason)(`Pooling backwards on ${name}${skipped}`, () => {
    // Of a stride of its own for each axis TensorFlow has no gradient of averages, and it is gathered.
    test.each([
      [2, 1],
      [2, 2],
    ])('what is infinite stays under its own window, strides %i and %i', async (...strides) => {
      const device = await openDevice(name)
      const pooling = { kernel: [2, 1], strides, padding: [1, 0, 0, 0] } as const
      const arriving = [Infinity, 4, Number.NaN]
      await useDevice(device)
      const found = tf.tidy(() => {
        const dy = tf.tensor4d(arriving, [1, 3, 1, 1])
        // With a pixel that is infinite, so that no kernel that wants finite ones is taken.
        const x = tf.tensor4d([-Infinity, 2, 1, 0, 5], [1, 5, 1, 1])
        return {
          average: [...averagePoolGradient({ dy }, { image, ...pooling }).dx.dataSync()],
          largest: [...maxPoolGradient({ x, dy }, pooling).dx.dataSync()],
        }
      })
      await device.close()
      expect(found).toEqual({
        average: [Infinity, 2, 2, Number.NaN, Number.NaN],
        largest: [Infinity, 4, 0, 0, Number.NaN],
      })
    })
  })
}
