import { expect, it } from 'vitest'
import { paths, SeveralWays, type Traced } from './paths.ts'

const { add, exact, exp, maximum, multiply, normwise, subtract, total } = paths()
const [a, b, c] = [exact(2), exact(3), exact(5)] as [Traced, Traced, Traced]

it('what is known may be used as often as one likes', () => {
  expect(total([multiply(a, b), multiply(a, c), multiply(a, a)]).value).toBe(20)
})

it('a number that is computed may go into several results, but not twice into one', () => {
  const product = multiply(a, b)
  expect([add(product, c).value, multiply(product, c).value]).toEqual([11, 30])
  expect(() => subtract(multiply(product, c), multiply(product, b))).toThrow(SeveralWays)
  expect(() => multiply(product, product)).toThrow(SeveralWays)
  expect(() => add(exp(product), product)).toThrow(SeveralWays)
  expect(() => maximum([product, multiply(product, c)])).toThrow(SeveralWays)
})

it('what an iteration finds is rounded, too', () => {
  const found = normwise!(3, 10, 1) as Traced
  expect(found.value).toBe(3)
  expect(() => multiply(found, found)).toThrow(SeveralWays)
})

it('a sum is rounded, too', () => {
  const sum = add(a, b)
  expect(() => add(multiply(sum, b), multiply(sum, c))).toThrow(SeveralWays)
})
