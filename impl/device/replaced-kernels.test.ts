import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { asReleased, changeFlag } from './replaced-kernels.ts'

test('a flag is as we want it, and as the packages have it for what runs as released', () => {
  const flag = 'TOUCHSTONE_HAS_A_FLAG_OF_ITS_OWN'
  tf.env().registerFlag(flag, () => 15)
  const seen = () => tf.env().getNumber(flag)
  // A device that is opened again changes it once more.
  for (const _ of ['opened', 'opened again']) changeFlag(flag, 400)
  expect([seen(), asReleased(seen), seen()]).toEqual([400, 15, 400])
  const failing = () => {
    throw new Error(`seen: ${seen()}`)
  }
  expect(() => asReleased(failing)).toThrow('seen: 15')
  expect(seen()).toBe(400)
})
