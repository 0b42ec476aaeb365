import { afterEach, expect, it, vi } from 'vitest'
import { properties } from '../properties/index.ts'
import { Glancing } from './glancing.ts'

afterEach(() => vi.restoreAllMocks())

/** How many glances each property got in so many milliseconds, of which each takes its own. */
async function glancesIn(milliseconds: number, taking: readonly number[], most = 1000) {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const chosen = properties.slice(0, taking.length)
  const counts = taking.map(() => 0)
  await new Glancing().take({
    properties: chosen,
    // Of which a tenth is left for what comes after them.
    deadline: milliseconds / 0.9,
    async glance(property) {
      const i = chosen.indexOf(property)
      if (counts[i] === most) return false
      counts[i]!++
      now += taking[i]!
      return true
    },
  })
  return counts
}

it('takes as much time for each, and not as many glances', async () => {
  const [cheap, dear, dearer] = await glancesIn(315, [1, 5, 10])
  // The first of each does not count.
  expect(Math.abs(cheap! - 100)).toBeLessThanOrEqual(10)
  expect(Math.abs(dear! - 20)).toBeLessThanOrEqual(2)
  expect(Math.abs(dearer! - 10)).toBeLessThanOrEqual(2)
})

it('takes one of each first, whatever they take', async () => {
  expect(await glancesIn(12, [1, 10, 1])).toEqual([1, 1, 1])
})

it('leaves the time to others where one has had all', async () => {
  const [cheap, dear] = await glancesIn(500, [1, 10], 20)
  expect([cheap, dear]).toEqual([20, 20])
})

it('ends where answers take long', async () => {
  expect(await glancesIn(5000, [30, 30, 30, 30])).toEqual([1, 1, 1, 0])
})

it('goes on where all have had the same time, whose mean is rounded to less', async () => {
  let taken = false
  vi.spyOn(performance, 'now').mockImplementation(() => {
    const now = taken ? 0.1 : 0
    taken = false
    return now
  })
  const counts = new Map<unknown, number>()
  await new Glancing().take({
    properties: properties.slice(0, 10),
    deadline: 1000,
    async glance(property) {
      const count = (counts.get(property) ?? 0) + 1
      if (count > 5) return false
      counts.set(property, count)
      taken = true
      return true
    },
  })
  expect([...counts.values()]).toEqual(Array.from({ length: 10 }, () => 5))
})
