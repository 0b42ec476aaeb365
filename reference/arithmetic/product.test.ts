import { describe, expect, test } from 'vitest'
import { type Random, stream } from '../../conformance/arbitraries/random.ts'
import { bounded } from './bounded.ts'
import { number } from './number.ts'
import { chain } from './product.ts'
import { ieee } from './profile.ts'

const float32 = bounded('float32', ieee)
const boundOf = (factors: readonly number[]) => {
  const product = chain(float32, factors.map(float32.exact))
  return { value: float32.toNumber(product), error: float32.error(product) }
}

describe('a product of many numbers', () => {
  test('is their product, and 1 without any', () => {
    expect(chain(number, [2, -3, 0.5])).toBe(-3)
    expect(chain(number, [])).toBe(1)
  })

  test('is open where some order overflows, though a 0 comes first in another', () => {
    const fives = Array.from({ length: 60 }, () => 5)
    expect(boundOf([0, ...fives])).toEqual({ value: 0, error: Number.POSITIVE_INFINITY })
    expect(boundOf([0, ...fives.slice(0, 50)])).toEqual({ value: 0, error: 0 })
  })

  test('holds in single precision in any order, also where one loses digits below the smallest normal number', () => {
    let lost = 0
    for (let seed = 0; seed < 600; seed++) {
      const random = stream(seed, 'factors')
      const factors = Array.from({ length: 2 + (seed % 9) }, () =>
        Math.fround((random.unit() - 0.5) * 2 ** (random.below(90) - 45)),
      )
      const { value, error } = boundOf(factors)
      for (let order = 0; order < 8; order++) {
        const answer = inSomeOrder(factors, random)
        if (error === Number.POSITIVE_INFINITY) continue
        expect(Math.abs(answer - value), `${factors}`).toBeLessThanOrEqual(error)
        if (Math.abs(answer - value) > factors.length * 2 ** -24 * Math.abs(value)) lost++
      }
    }
    expect(lost).toBeGreaterThan(20)
  })
})

/** Any two of those that are left are multiplied, until one is left. */
function inSomeOrder(factors: readonly number[], random: Random): number {
  const left = [...factors]
  const draw = () => left.splice(random.below(left.length), 1)[0]!
  while (left.length > 1) left.push(Math.fround(draw() * draw()))
  return left[0]!
}
