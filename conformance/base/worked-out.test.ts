import { afterEach, expect, it } from 'vitest'
import { keepOn, shelfHere, workedOut } from './worked-out.ts'

afterEach(() => keepOn(null))

const shelf = shelfHere()

const form = { write: String, read: (text: string) => JSON.parse(text) as number }

it('what is worked out is made once where there is a shelf, and each time where there is none', () => {
  let times = 0
  const one = () => workedOut('one', () => ++times, form)
  expect([one(), one()]).toEqual([1, 2])
  keepOn(shelf)
  expect([one(), one()]).toEqual([3, 3])
  expect(workedOut('two', () => ++times, form)).toBe(4)
  keepOn(null)
  expect(one()).toBe(5)
})

it('what cannot be read on the shelf is made again', () => {
  keepOn(shelf)
  shelf.write('half', '[')
  expect(workedOut('half', () => 7, form)).toBe(7)
  expect(workedOut('half', () => 8, form)).toBe(7)
})
