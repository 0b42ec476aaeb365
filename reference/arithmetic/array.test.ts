import { describe, expect, test } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import type { Arithmetic } from './arithmetic.ts'
import { sum, sumOfProducts } from './array.ts'
import { bounded } from './bounded.ts'
import { number } from './number.ts'
import { formats, type Precision } from './precision.ts'
import { ieee } from './profile.ts'
import { tape } from './tape.ts'

const precisions = Object.keys(formats) as Precision[]
const shapes = [[], [5], [2, 3], [2, 3, 2], [2, 1, 2, 2]]

/** Numbers as they come, and those for which a product is something else than rounded. */
function factors<T>(arithmetic: Arithmetic<T>, precision: Precision, seed: number): T[] {
  const { exact, add, multiply } = arithmetic
  const { max, minNormal, bits } = formats[precision]
  const random = stream(seed, 'factors')
  const special = [
    0,
    -0,
    1,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    max,
    -max,
    max / 2,
    minNormal,
  ]
  const values = [...special, minNormal / 4, 2 ** bits, 2 ** bits - 1, 2 ** (bits / 2) + 1, 0.1]
  return Array.from({ length: 12 }, () => {
    const drawn = values[random.below(values.length)]!
    const whole = random.below(9) - 4
    const plain = exact(random.below(2) === 0 ? whole : 2 * random.unit() - 1)
    switch (random.below(8)) {
      case 0:
        return exact(drawn)
      case 1:
        return add(plain, exact(whole))
      case 2:
        return multiply(plain, exact(0.3))
      default:
        return plain
    }
  })
}

/** Both sums of the same products, each with an arithmetic of its own. */
function bothSums<T>(make: () => Arithmetic<T>, precision: Precision, seed: number) {
  const shape = shapes[seed % shapes.length]!
  const place = (at: readonly number[]) =>
    at.reduce((before, i, axis) => before * shape[axis]! + i, 0)
  return [true, false].map((fused) => {
    const arithmetic = make()
    const [x, y] = [factors(arithmetic, precision, seed), factors(arithmetic, precision, -seed - 1)]
    const added = fused
      ? sumOfProducts(
          arithmetic,
          shape,
          (...at) => x[place(at)]!,
          (...at) => y[place(at)]!,
        )
      : sum(arithmetic, shape, (...at) => arithmetic.multiply(x[place(at)]!, y[place(at)]!))
    return { arithmetic, added }
  }) as [{ arithmetic: Arithmetic<T>; added: T }, { arithmetic: Arithmetic<T>; added: T }]
}

describe('a sum of products', () => {
  test.each(precisions)('is the sum of the products in %s, with the same bound', (precision) => {
    for (let seed = 0; seed < 2000; seed++) {
      const made: ReturnType<typeof bounded>[] = []
      const make = () => {
        made.push(bounded(precision, ieee))
        return made.at(-1)!
      }
      const [fused, apart] = bothSums(make, precision, seed)
      expect(fused.added, `seed ${seed}`).toEqual(apart.added)
      expect(made[0]!.overflows(), `seed ${seed}`).toBe(made[1]!.overflows())
    }
  })

  test('is the sum of the products in doubles, and on a tape', () => {
    for (let seed = 0; seed < 500; seed++) {
      const [fused, apart] = bothSums(() => number, 'float32', seed)
      expect(fused.added).toBe(apart.added)
      const [taped, other] = bothSums(() => tape('float32', ieee), 'float32', seed)
      expect(taped.added).toEqual(other.added)
    }
  })
})
