import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Watch } from './watch.ts'

afterEach(() => vi.restoreAllMocks())

const hour = 3_600_000

/** Sets the clock that tells the time of day. */
function setClock(by: number): void {
  const now = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => now() + by)
}

describe('a clock that is set while an answer is awaited', () => {
  it('does not make the answer late', async () => {
    const watch = new Watch(hour / 2, performance.now() + hour / 2)
    const answer = watch.wait(setTimeout(150, 'answer'))
    setClock(hour)
    expect(watch.over).toBe(false)
    expect(await answer).toBe('answer')
    watch.close()
  })

  it('does not keep the time from being over', async () => {
    const watch = new Watch(hour, performance.now() + 50)
    const never = watch.wait(new Promise(() => {}))
    setClock(-hour)
    await expect(never).rejects.toThrow('the time given was over')
    expect(watch.over).toBe(true)
    watch.close()
  })
})
