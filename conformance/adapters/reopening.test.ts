import { describe, expect, it } from 'vitest'
import { openDevice } from '../../impl/device/device.ts'
import { ImplementationFailure, ImplementationGone } from '../base/errors.ts'
import type { Evaluate, Inputs, Outputs } from '../engine/implementation.ts'
import { ours } from './ours.ts'
import { reopening } from './reopening.ts'

const number = (value: number) =>
  ({ dtype: 'float32', shape: [], data: Float32Array.of(value) }) as const

/** A device that doubles numbers; from one that is `fatal` on it answers 0, until it is opened anew. */
function doubling({ fatal = [13], always = false, reopens = true } = {}) {
  const state = { broken: false, opened: 0, asked: 0 }
  const double: Evaluate = async ({ x }: Inputs): Promise<Outputs> => {
    state.asked++
    const value = x!.data[0]!
    if (value < 0) throw new RangeError('no negative numbers')
    if (fatal.includes(value) && (always || state.opened === 0)) {
      state.broken = true
      throw new Error('out of memory')
    }
    // The answer is read some time after it was computed.
    await new Promise((resolve) => setImmediate(resolve))
    return { y: number(state.broken ? 0 : 2 * value) }
  }
  const operations = reopening(
    { double },
    {
      fault: () => undefined,
      faultIn: (thrown) => (/memory/.test(String(thrown)) ? String(thrown) : undefined),
      reopen: async () => {
        await new Promise((resolve) => setImmediate(resolve))
        if (!reopens) throw new Error('no such device')
        state.opened++
        state.broken = false
      },
    },
  )
  const ask = async (value: number) =>
    (await operations.double!({ x: number(value) }, {})).y!.data[0]
  return { ask, state }
}

describe('a device that runs out of memory', () => {
  it('is opened anew, and asked the same once more', async () => {
    const { ask, state } = doubling()
    expect([await ask(1), await ask(13), await ask(2)]).toEqual([2, 26, 4])
    expect(state).toEqual({ broken: false, opened: 1, asked: 4 })
  })

  it('has said nothing that counts since, whoever asked', async () => {
    const { ask, state } = doubling()
    expect(await Promise.all([1, 2, 13, 3, 4].map(ask))).toEqual([2, 4, 26, 6, 8])
    expect(state.opened).toBe(1)
  })

  it('fails, and rejects nothing, where it does so again; others are not held to account', async () => {
    const { ask, state } = doubling({ always: true })
    const [before, failed, after] = await Promise.allSettled([1, 13, 2].map(ask))
    expect([before, after].map((settled) => 'value' in settled! && settled.value)).toEqual([2, 4])
    expect(failed).toMatchObject({ reason: expect.any(ImplementationFailure) })
    expect(state.broken).toBe(false)
    expect(await ask(3)).toBe(6)
  })

  it('is gone where it cannot be opened', async () => {
    const { ask } = doubling({ reopens: false })
    await expect(ask(13)).rejects.toThrow(ImplementationGone)
    await expect(ask(1)).rejects.toThrow('could not be opened anew: no such device')
  })

  it('rejects arguments as before', async () => {
    const { ask, state } = doubling()
    await expect(ask(-1)).rejects.toThrow(RangeError)
    expect(state.opened).toBe(0)
  })
})

it('our implementation on wasm goes on after it had no memory left', async () => {
  const device = await openDevice('wasm')
  const implementation = ours(device)
  await implementation.use!()
  const { wasm } = (await import('@tensorflow/tfjs-core')).backend() as unknown as {
    wasm: { _malloc: (bytes: number) => number }
  }
  const x = { dtype: 'float32', shape: [1, 1, 1, 2], data: Float32Array.of(1, 2) } as const
  expect(wasm._malloc(8)).toBeGreaterThan(0)
  // More than there is. The runtime takes both for sizes below 0, for which it may give what is in use.
  for (const bytes of [2 ** 31, 2 ** 32 - 64]) {
    expect(() => wasm._malloc(bytes)).toThrow(`out of memory: ${bytes} bytes more`)
  }
  expect(wasm._malloc(-4)).toBe(0)
  const { y } = await implementation.operations['cnn.flatten']!({ x }, {})
  expect([...y!.data]).toEqual([1, 2])
  implementation.assertDevice!()
  await expect(async () =>
    implementation.operations['cnn.flatten']!({ x: { ...x, shape: [2] } }, {}),
  ).rejects.toThrow('cnn.flatten')
})
