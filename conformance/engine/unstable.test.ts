import { expect, it } from 'vitest'
import { fromData } from '../../reference/arithmetic/array.ts'
import { bounded } from '../../reference/arithmetic/bounded.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { bothWithin } from './unstable.ts'

const answer = (...data: readonly number[]) => ({
  y: { dtype: 'float32', shape: [data.length], data: Float32Array.from(data) } as const,
})

it('says nothing against infinity or NaN where an overflow leaves all open', () => {
  const { exact, multiply } = bounded('float32', ieee)
  const overflow = multiply(exact(2 ** 100), exact(2 ** 100))
  const expected = { y: fromData([2], [exact(1), overflow]) }
  const [infinite, none] = [Number.POSITIVE_INFINITY, Number.NaN]
  expect(bothWithin(expected, answer(1, infinite), answer(1, none))).toBe(true)
  expect(bothWithin(expected, answer(1, infinite), answer(2, none))).toBe(false)
  expect(bothWithin(null, answer(1, 1), answer(1, 1))).toBe(false)
})
