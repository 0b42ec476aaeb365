import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Descending } from './descending.ts'

const numbers = fc.array(fc.nat(100_000), { maxLength: 50 })

test('gives each number once, the largest first, and then none', () => {
  fc.assert(
    fc.property(numbers, (added) => {
      const pending = new Descending()
      for (const number of added) pending.add(number)
      const expected = [...new Set(added)].sort((a, b) => b - a)
      for (const number of expected) expect(pending.next()).toBe(number)
      expect(pending.next()).toBe(-1)
    }),
  )
})

test('takes what is added below the number just taken, also in the same word', () => {
  const pending = new Descending()
  pending.add(63)
  expect(pending.next()).toBe(63)
  for (const number of [31, 62, 0, 32]) pending.add(number)
  expect([1, 2, 3, 4, 5].map(() => pending.next())).toEqual([62, 32, 31, 0, -1])
})

test('begins anew when it is empty', () => {
  const pending = new Descending()
  pending.add(5)
  pending.next()
  pending.next()
  pending.add(70_000)
  expect(pending.next()).toBe(70_000)
})
