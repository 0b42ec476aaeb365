import { setImmediate as later } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { pollSeldom } from './webgpu-polling.ts'

const usual = globalThis.setImmediate
pollSeldom()
const seldom = globalThis.setImmediate

test('what an add-on is to look for waits for a millisecond, once', () => {
  const waits = vi.spyOn(globalThis, 'setTimeout')
  try {
    // Native, and a constructor, as the functions of Dawn are.
    seldom(Array as () => void)
    expect(waits).toHaveBeenCalledExactlyOnceWith(Array, 1)
    pollSeldom()
    expect(globalThis.setImmediate).toBe(seldom)
  } finally {
    waits.mockRestore()
  }
})

test('everything else goes on at once', async () => {
  const waits = vi.spyOn(globalThis, 'setTimeout')
  try {
    const said: string[] = []
    seldom(function written() {
      said.push('written')
    })
    seldom(
      ((...words: string[]) => said.push(...words)) as never,
      ...(['with', 'words'] as unknown as []),
    )
    await new Promise((resolve) => seldom(resolve as () => void))
    expect(said).toEqual(['written', 'with', 'words'])
    expect(await promisify(seldom)('value')).toBe('value')
    clearImmediate(seldom(() => said.push('cleared')))
    await later()
    expect(said).toHaveLength(3)
    expect(waits).not.toHaveBeenCalled()
    expect(seldom.name).toBe(usual.name)
  } finally {
    waits.mockRestore()
  }
})
