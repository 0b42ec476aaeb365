import { describe, expect, test } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import { besiege, drawInputs } from '../../conformance/fixtures/besiege.ts'
import { type Arithmetic, Indeterminate } from './arithmetic.ts'
import { fromData } from './array.ts'
import { type BoundedArithmetic, bounded, withError } from './bounded.ts'
import { calculate } from './calculation.ts'
import { extended } from './extended.ts'
import { formats, type Precision } from './precision.ts'
import { ieee, profiles, wgsl } from './profile.ts'
import { nearly } from './roundings.ts'
import { tape } from './tape.ts'

const precisions = Object.keys(formats) as Precision[]
const float32 = bounded('float32', ieee)
const u = 2 ** -24

describe('random calculations, rounded in any way that is allowed', () => {
  test.each(precisions)('in %s never exceed the bound', (precision) => {
    const arithmetic = bounded(precision, ieee)
    const { judged, worst } = besiege(4000, precision, () => arithmetic)
    expect(judged).toBeGreaterThan(30_000)
    expect(worst).toBeGreaterThan(precision === 'float64' ? 0.3 : 0.5)
  })

  test('the values are those of 64 digits', () => {
    // Against float64 bounds, so that the reference of float32 is shown to be right itself.
    const doubles = bounded('float64', ieee)
    for (let seed = 0; seed < 300; seed++) {
      const inputs = drawInputs(seed, 'float32')
      const short = calculate(doubles, inputs.map(doubles.exact), stream(seed, 'steps'))
      const long = calculate(extended, inputs.map(extended.exact), stream(seed, 'steps'))
      for (const [i, x] of short.entries()) {
        const error = doubles.error(x)
        if (!Number.isFinite(error)) continue
        const off = extended.subtract(extended.exact(x.value), long[i]!).abs()
        // Twelve steps of ten operations at most round to 64 digits as well, by half a unit in the last one.
        const own = 12 * 10 * 0.5e-63 * Math.abs(x.value)
        expect(off.toNumber()).toBeLessThanOrEqual(error + own)
      }
    }
  })
})

describe('a sum', () => {
  const error = (arithmetic: BoundedArithmetic, terms: readonly number[]) =>
    arithmetic.error(arithmetic.total(terms.map(arithmetic.exact)))

  test('of two is off by half an ulp, which 1 + 2^-24 uses up', () => {
    const terms = [1, u]
    const difference = 1 + u - Math.fround(1 + u)
    expect(difference / error(float32, terms)).toBeGreaterThan(0.999)
    expect(difference / error(float32, terms)).toBeLessThanOrEqual(1)
  })

  test('of two and a 0 may be compensated as by Kahan, which takes for lost what is not', () => {
    const f = Math.fround
    const terms = [f(0.7533214092254639 * 0.14091727137565613), 4, 0]
    let [sum, lost] = [0, 0]
    for (const term of terms) {
      const next = f(term - lost)
      const partial = f(sum + next)
      ;[lost, sum] = [f(f(partial - sum) - next), partial]
    }
    const difference = Math.abs(terms[0]! + terms[1]! - sum)
    expect(difference / error(float32, terms.slice(0, 2))).toBeGreaterThan(1.4)
    const allowed = <T>({ add, error, exact, total }: Arithmetic<T> & { error(x: T): number }) => {
      const [x, y, zero] = terms.map(exact) as [T, T, T]
      return [error(total([x, y, zero])), error(add(add(x, y), zero))]
    }
    for (const most of [...allowed(float32), ...allowed(tape('float32', ieee))]) {
      expect(difference).toBeLessThanOrEqual(most)
    }
    // One term alone stays what it is.
    expect(error(float32, [0, 0.1, 0])).toBe(error(float32, [0.1]))
  })

  test('of a thousand is used up by terms that are lost one after the other', () => {
    const terms = [1, ...Array<number>(1000).fill(u)]
    const naive = terms.reduce((sum, x) => Math.fround(sum + x))
    expect(naive).toBe(1)
    const used = (1 + 1000 * u - naive) / error(float32, terms)
    expect(used).toBeGreaterThan(0.99)
    expect(used).toBeLessThanOrEqual(1)
  })

  test('is γ(n − 1) Σ|terms|, whatever cancels', () => {
    const [exact, n] = [u + 2 ** -53, 4]
    const expected = ((n - 1) * exact) / (1 - (n - 1) * exact)
    const off = error(float32, [0.75, -0.75, 0.75, -0.75]) / (expected * 3) - 1
    // Besides, 2^-126 for each addition that may underflow; the formula itself is a few roundings of doubles.
    expect(Math.abs(off)).toBeLessThanOrEqual(8 * 2 ** -53)
  })

  test('does not count exact zeros, and one term is exact', () => {
    expect(error(float32, [0, 0.1 + 2 ** -30, 0])).toBe(error(float32, [0.1 + 2 ** -30]))
    expect(error(float32, [0, 0.75, 0])).toBe(0)
  })

  test('of whole numbers is exact up to 2^24', () => {
    expect(error(float32, [2 ** 23, 2 ** 23 - 3, -3])).toBe(0)
    expect(error(float32, [2 ** 24, 1])).toBeGreaterThanOrEqual(1)
  })

  test('that may overflow on the way is open', () => {
    const { max } = formats.float32
    expect(error(float32, [max, max, -max])).toBe(Number.POSITIVE_INFINITY)
  })

  test('of more terms than the format can tell apart is open', () => {
    const coarse = bounded('bfloat16', ieee)
    expect(error(coarse, Array<number>(100).fill(0.75))).toBeLessThan(60)
    expect(error(coarse, Array<number>(300).fill(0.75))).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('other operations', () => {
  const { exact, multiply, divide, error } = float32

  test('the product with 0 or ±1 is exact, even of what is not', () => {
    const third = divide(exact(1), exact(3))
    expect(error(multiply(third, exact(0)))).toBe(0)
    expect(error(multiply(third, exact(-1)))).toBe(error(third))
  })

  test('a divisor that may be 0, or whose reciprocal underflows, leaves the quotient open', () => {
    const nearlyZero = float32.subtract(divide(exact(1), exact(3)), exact(Math.fround(1 / 3)))
    expect(error(divide(exact(1), nearlyZero))).toBe(Number.POSITIVE_INFINITY)
    expect(error(divide(exact(2 ** 127), exact(2 ** 127)))).toBeGreaterThanOrEqual(1)
  })

  test('a factor that may be infinite leaves the product open, even with 0', () => {
    const open = divide(exact(1), exact(0))
    const exactlyZero = float32.subtract(exact(3), exact(3))
    for (const factor of [exact(0), exact(2), exactlyZero, divide(exact(1), exact(3))]) {
      expect(error(multiply(factor, open))).toBe(Number.POSITIVE_INFINITY)
      expect(() => float32.less(multiply(factor, open), exact(1))).toThrow(Indeterminate)
    }
  })

  test('e to a number that is hardly known reaches as high as that number may', () => {
    const wide = withError(-800, 810)
    expect(error(float32.exp(wide))).toBeGreaterThanOrEqual(Math.exp(10))
    expect(error(float32.exp(wide))).toBeLessThan(1.001 * Math.exp(10))
    expect(error(float32.exp(withError(-800, 1000)))).toBe(Number.POSITIVE_INFINITY)
    expect(error(float32.exp(withError(0, Number.POSITIVE_INFINITY)))).toBe(
      Number.POSITIVE_INFINITY,
    )
  })

  test('the root of what may be negative is open, since it may be NaN', () => {
    expect(error(float32.sqrt(withError(1e-8, 2e-8)))).toBe(Number.POSITIVE_INFINITY)
    expect(error(float32.sqrt(withError(1e-8, 1e-8)))).toBeGreaterThanOrEqual(1e-4)
    expect(error(float32.sqrt(exact(0)))).toBeLessThanOrEqual(2 ** -126)
  })

  test('wgsl takes a root as the inverse of an inverse that is off by 2 ulp', () => {
    const ulp = 2 ** -10
    const half = bounded('float16', wgsl)
    const worst = (1 + 2.5 * ulp) / (1 - 2 * ulp) - 1
    expect(worst).toBeGreaterThan(4.5 * ulp)
    expect(half.error(half.sqrt(half.exact(1)))).toBeGreaterThanOrEqual(worst)
  })

  test('a number computed in several ways is off by the most that any of them is', () => {
    const { add, anyOf, total } = float32
    const [a, b] = [exact(0.7), exact(-0.6)]
    const little = () => multiply(exact(0.5), add(a, b))
    const much = () => total([multiply(a, exact(0.3)), multiply(b, exact(0.3)), a, b])
    const both = [anyOf(little, much), anyOf(much, little)]
    expect(both[0]!.value).toBe(little().value)
    for (const one of [little(), much()]) {
      for (const x of both) expect(error(x)).toBeGreaterThanOrEqual(error(one))
      // A sum stays open, so that what is added to it later may be added first.
      for (const x of both) {
        expect(error(add(x, exact(100)))).toBeGreaterThanOrEqual(error(add(one, exact(100))))
      }
    }
  })

  test('a number that comes out elsewhere in one of several ways is off by as much', () => {
    const { anyOf } = float32
    const open = anyOf(
      () => exact(1),
      () => exact(1.5),
    )
    expect([open.value, error(open)]).toEqual([1, 0.5])
    // It is no whole number that is known: seven of them are off by seven times as much.
    expect(error(multiply(open, exact(7)))).toBeGreaterThanOrEqual(3.5)
    // The same twice is as certain as once, also where it is no number.
    for (const certain of [3, Number.NaN, Number.POSITIVE_INFINITY]) {
      const same = anyOf(
        () => exact(certain),
        () => exact(certain),
      )
      expect(error(same)).toBe(0)
    }
  })

  test('what an iteration finds is off by roundings of a norm, and by what lies between right answers', () => {
    const error = (apart?: number) => float32.error(float32.normwise!(1, 100, 8, apart))
    expect(error()).toBeGreaterThan(100 * u * 8)
    expect(error()).toBeLessThan(1.001 * 100 * u * 8)
    // What lies between right answers is added: the sum below 4 is off by a step of double precision at most.
    expect(Math.abs(error(2) - error() - 2)).toBeLessThanOrEqual(2 ** -51)
    // What follows from an error of that size, such as its root, is added, too.
    const rooted = float32.error(float32.normwise!(1, 100, 8, Math.sqrt))
    expect(rooted).toEqual(nearly(error() + Math.sqrt(error())))
    // As many roundings as the format has digits, and nothing is left.
    expect(float32.error(float32.normwise!(1, 2 ** 24, 8))).toBe(Number.POSITIVE_INFINITY)
    const products = bounded('tf32', ieee)
    expect(products.error(products.normwise!(1, 1, 1))).toBeGreaterThan(2 ** -10)
  })

  test('tf32 rounds the operands of products to eleven bits first', () => {
    const tf32 = bounded('tf32', ieee)
    const x = 1 + 2 ** -11
    const product = (arithmetic: BoundedArithmetic) =>
      arithmetic.error(arithmetic.multiply(arithmetic.exact(x), arithmetic.exact(x)))
    // Both operands become 1 (ties to even), where float32 rounds the product once.
    expect(product(tf32)).toBeGreaterThanOrEqual(x * x - 1)
    expect(product(float32)).toBeLessThan(2 ** -22)
    expect(tf32.error(tf32.total([x, x, x].map(tf32.exact)))).toBeLessThan(2 ** -20)
  })

  test('wgsl allows more than ieee, and neither much more than 1e-5, as its table does for tanh', () => {
    const wide = bounded('float32', wgsl)
    const functions = ['exp', 'log', 'sqrt', 'tanh'] as const
    for (const name of functions) {
      const [narrow, wider] = [float32, wide].map((arithmetic) =>
        arithmetic.error(arithmetic[name](arithmetic.exact(1.25))),
      ) as [number, number]
      expect(wider).toBeGreaterThan(narrow)
      expect(wider).toBeLessThan(1.01e-5)
    }
    const quotient = (a: BoundedArithmetic) => a.error(a.divide(a.exact(1), a.exact(3)))
    expect(quotient(wide)).toBeGreaterThan(quotient(float32))
    const product = (a: BoundedArithmetic) => a.error(a.multiply(a.exact(0.7), a.exact(0.3)))
    expect(product(wide)).toBeGreaterThan(1.3 * product(float32))
  })

  test('glsl takes tanh as shaders write it, however its exponential is off, and allows less than wgsl', () => {
    const ulp = 2 ** -23
    for (const x of [2 ** -20, 0.01, 0.3, 1, 3, 9]) {
      const expected = Math.tanh(x)
      const allowed = profiles.glsl.tanh(x, expected, ulp)
      expect(allowed).toBeLessThan(wgsl.tanh(x, expected, ulp))
      for (const sign of [-1, 1]) {
        const power = Math.exp(-2 * x) * (1 + sign * (3 + 4 * x) * ulp)
        const [above, below] = [(1 - power) * (1 - sign * ulp), (1 + power) * (1 + sign * ulp)]
        expect(Math.abs((above / below) * (1 - sign * 2.5 * ulp) - expected)).toBeLessThan(allowed)
      }
    }
  })

  test('an argument that may lie in [1/2, 2] has the accuracy of log there', () => {
    const wide = bounded('float32', wgsl)
    const justAbove = wide.multiply(wide.exact(3), wide.exact(Math.fround(2 / 3)))
    expect(justAbove.value).toBeGreaterThan(2)
    expect(wide.error(wide.log(justAbove))).toBeGreaterThan(2 ** -21)
  })
})

describe('a comparison', () => {
  const { exact, divide, less, maximum } = float32
  const third = divide(exact(1), exact(3))

  test('with an error that is no number is open', () => {
    expect(() => less(withError(1, Number.NaN), exact(2))).toThrow(Indeterminate)
  })
  test('of exact numbers is decided, ties included', () => {
    expect([less(exact(1), exact(2)), less(exact(2), exact(2))]).toEqual([true, false])
  })
  test('within the errors is indeterminate', () => {
    expect(() => less(third, exact(Math.fround(1 / 3)))).toThrow(Indeterminate)
    expect(() => less(third, third)).toThrow(Indeterminate)
    expect([less(third, exact(0.34)), less(exact(0.34), third)]).toEqual([true, false])
  })
  test('a maximum is decided all the same: it is off by what another may exceed it', () => {
    const larger = exact(Math.fround(1 / 3))
    const excess = float32.error(third) - (larger.value - third.value)
    // The difference of the two is taken for smaller by 2^-52 of it, and rounded.
    const off = float32.error(maximum([third, larger, exact(0)])) - excess
    expect(Math.abs(off)).toBeLessThanOrEqual(
      2 ** -52 * (larger.value - third.value) + 2 ** -53 * excess,
    )
    expect(float32.error(maximum([third, exact(0)]))).toBe(float32.error(third))
    const array = fromData([2], [exact(3), exact(5)])
    expect(maximum(array.data)).toEqual(exact(5))
  })
  test('a rectifier gives 0, to the bit, of what is negative for certain', () => {
    const negative = float32.negate(third)
    expect(float32.error(negative)).toBeGreaterThan(0)
    expect(maximum([exact(0), negative])).toEqual(exact(0))
    expect(maximum([negative, exact(0)])).toEqual(exact(0))
  })
  test('a maximum may be another number where both are read as 0', () => {
    const least = exact(2 ** -149)
    const { error } = float32
    // Equal for one that reads subnormal numbers as 0, which hands on what it was given.
    expect(error(maximum([exact(0), exact(-(2 ** -127))]))).toBeGreaterThanOrEqual(2 ** -127)
    expect(error(maximum([least, exact(-(2 ** -127))]))).toBeGreaterThanOrEqual(
      2 ** -127 + 2 ** -149,
    )
    expect(error(maximum([exact(0), exact(-(2 ** -126))]))).toBe(0)
    expect(error(maximum([exact(2 ** -126), least]))).toBe(0)
    expect(error(maximum([exact(0), exact(-0)]))).toBe(0)
  })
  test('a maximum is open where one of the numbers is', () => {
    const open = withError(-1, Number.POSITIVE_INFINITY)
    expect(float32.error(maximum([open, exact(5)]))).toBe(Number.POSITIVE_INFINITY)
  })
})
