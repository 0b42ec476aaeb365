import { describe, expect, test } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import { besiege, drawInputs } from '../../conformance/fixtures/besiege.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import { adversary } from './adversary.ts'
import { type Arithmetic, Indeterminate } from './arithmetic.ts'
import { bounded } from './bounded.ts'
import { calculate } from './calculation.ts'
import { formats, type Precision } from './precision.ts'
import { ieee, profiles } from './profile.ts'
import { tape } from './tape.ts'
import { TapeRecord, type Weighted } from './tape-record.ts'

const precisions = Object.keys(formats) as Precision[]
describe('random calculations never exceed the bound of the tape', () => {
  test.each(precisions)('in %s, rounded in any way that is allowed', (precision) => {
    const { judged, worst } = besiege(1500, precision, () => tape(precision, ieee))
    expect(judged).toBeGreaterThan(10_000)
    expect(worst).toBeGreaterThan(0.3)
  })

  test.each(['ieee', 'wgsl', 'glsl', 'library'] as const)('with an adversary of %s', (name) => {
    const profile = profiles[name]
    for (const precision of ['float32', 'float16', 'bfloat16', 'tf32'] as const) {
      for (let seed = 0; seed < 300; seed++) {
        const inputs = drawInputs(seed, precision)
        const random = stream(seed, 'signs')
        const theirs = adversary(precision, profile, {
          order: (['forwards', 'backwards', 'pairwise', 'at once'] as const)[random.below(4)]!,
          fused: random.unit() < 0.5,
          anew: random.unit() < 0.5,
          choose: (count) => random.below(count),
        })
        const arithmetic = tape(precision, profile)
        const expected = calculate(arithmetic, inputs.map(arithmetic.exact), stream(seed, 'steps'))
        const actual = calculate(theirs, inputs.map(theirs.exact), stream(seed, 'steps'))
        const { program } = theirs
        const outputs = actual.map(theirs.outputOf)
        const signs = Int8Array.from({ length: program.roundings }, () => 2 * random.below(2) - 1)
        if (program.run(signs) === 'another way') continue
        for (const [i, x] of expected.entries()) {
          const error = arithmetic.error(x)
          if (!Number.isFinite(error) || !Number.isFinite(x.value)) continue
          const difference = Math.abs(program.value[outputs[i]!]! - x.value)
          if (!(difference <= error)) {
            expect.fail(
              `${precision}, seed ${seed}, step ${i}: ${difference} exceeds ${error} at ${x.value}`,
            )
          }
        }
      }
    }
  })
})

/** The tape covers the rounding of its limits by 2^-30, of an operation and of what it is used in. */
const covered = (1 + 2 ** -30) ** 2

describe('one operation', () => {
  const [a, b] = [0.8125, 1.375]
  test.each(['ieee', 'wgsl', 'glsl'] as const)('is charged what bounded charges, in %s', (name) => {
    for (const precision of precisions) {
      const profile = profiles[name]
      const forwards = bounded(precision, profile)
      const errors = <T>(arithmetic: Arithmetic<T> & { error(x: T): number }) => {
        const { add, divide, error, exact, exp, log, multiply, power, sqrt, tanh } = arithmetic
        const [x, y, z] = [exact(a), exact(b), exact(2 ** -60 + 1)]
        const inexact = add(x, z)
        const results = [x, z, add(x, y), multiply(x, y), divide(x, y), exp(x), log(x), sqrt(x)]
        return [...results, tanh(x), power(x, y), inexact, add(inexact, y)].map(error)
      }
      // Save for the rounding of the limits themselves, which the tape covers.
      const [ours, theirs] = [errors(tape(precision, profile)), errors(forwards)]
      for (const [i, error] of ours.entries()) {
        expect(error).toBeGreaterThanOrEqual(theirs[i]!)
        expect(error).toBeLessThanOrEqual(theirs[i]! * covered)
      }
    }
  })

  test('by transforms is off by what norms allow, beside its own', () => {
    const size = { image: [8, 8], kernel: [3, 3], channels: 2 } as const
    const errors = <T>(arithmetic: Arithmetic<T> & { error(x: T): number }) => {
      const { norm, widen } = arithmetic.transforms!
      const third = arithmetic.divide(arithmetic.exact(1), arithmetic.exact(3))
      const wide = widen(third, [norm([third, third]), 2], size)
      return [wide, arithmetic.add(wide, third)].map(arithmetic.error)
    }
    const [ours, theirs] = [
      errors(tape('float32', profiles.transforms)),
      errors(bounded('float32', profiles.transforms)),
    ]
    for (const [i, error] of ours.entries()) {
      expect(error).toBeGreaterThanOrEqual(theirs[i]!)
      expect(error).toBeLessThanOrEqual(theirs[i]! * covered)
    }
    expect(tape('float32', ieee).transforms).toBeUndefined()
  })

  test('of what an iteration finds is charged what bounded charges', () => {
    const errors = <T>(arithmetic: Arithmetic<T> & { error(x: T): number }) => {
      const { add, error, exact, normwise } = arithmetic
      const [single, several] = [normwise!(1, 100, 8), normwise!(0.5, 100, 1, 2)]
      return [single, several, add(single, exact(3)), normwise!(1, 2 ** 24, 8)].map(error)
    }
    const [ours, theirs] = [errors(tape('float32', ieee)), errors(bounded('float32', ieee))]
    expect(theirs[0]).toBeGreaterThan(100 * 8 * 2 ** -24)
    for (const [i, error] of ours.entries()) {
      expect(error).toBeGreaterThanOrEqual(theirs[i]!)
      expect(error).toBeLessThanOrEqual(theirs[i]! * covered)
    }
  })

  test('of what is off itself is off by hardly more than bounded says', () => {
    const forwards = bounded('float32', ieee)
    const errors = <T>(arithmetic: Arithmetic<T> & { error(x: T): number }) => {
      const { abs, add, divide, error, exact, exp, log, multiply, negate, power } = arithmetic
      const third = divide(exact(1), exact(3))
      const sum = add(third, exact(0.75))
      const results = [multiply(third, sum), divide(third, sum), exp(sum), log(sum), negate(sum)]
      const more = [arithmetic.sqrt(sum), arithmetic.tanh(sum), power(sum, exact(2.5)), abs(sum)]
      return [...results, ...more, multiply(sum, exact(0.3))].map(error)
    }
    const [ours, theirs] = [errors(tape('float32', ieee)), errors(forwards)]
    for (const [i, error] of ours.entries()) {
      // Beside that, the remainder of Taylor: the square of an error, which is about 2^-23 here, by its curvature.
      expect(error).toBeLessThanOrEqual(theirs[i]! * (1 + 2 ** -20))
      expect(error).toBeGreaterThan(theirs[i]! * 0.99)
    }
  })
})

describe('at the ends of what it may be, a function is within its bound', () => {
  const arithmetic = tape('float32', ieee)
  const { divide, error, exact, exp, less, multiply, negate, sqrt, subtract } = arithmetic
  /** A number that is off by about a third of a millionth of a size: what is left of two that nearly cancel. */
  const off = (size: number, near: number) =>
    subtract(divide(exact(3 * size), exact(3)), exact(size - near))

  test('a product of what is known and what may be infinite is open, with whatever factor', () => {
    const open = divide(exact(1), off(16, 0))
    for (const factor of [0, 1, -1, 2, 0.3]) {
      for (const product of [multiply(exact(factor), open), multiply(open, exact(factor))]) {
        expect(error(product)).toBe(Number.POSITIVE_INFINITY)
        expect(() => less(product, exact(1))).toThrow(Indeterminate)
      }
    }
  })

  test('the exponential of what is wide open reaches as far as that does', () => {
    for (const [size, near] of [
      [2 ** 24, 0],
      [2 ** 24, -3],
      [2 ** 28, 5],
      [2 ** 28, -90],
      // The value is 0 as a double, and that of its end is not.
      [2_315_255_808, -768],
    ] as const) {
      const x = off(size, near)
      const e = error(x)
      expect(e).toBeGreaterThan(1)
      for (const at of [x.value - e, x.value + e]) {
        const reached = Math.abs(Math.exp(at) - Math.exp(x.value))
        expect(error(exp(x))).toBeGreaterThanOrEqual(Math.min(reached, Number.MAX_VALUE))
      }
    }
    // And here that of its end is beyond single precision.
    const wide = off(2 ** 33, -1024)
    expect(Math.exp(wide.value)).toBe(0)
    expect(error(exp(wide))).toBe(Number.POSITIVE_INFINITY)
    expect(error(exp(negate(wide)))).toBe(Number.POSITIVE_INFINITY)
  })

  test.each([
    ['the tape', arithmetic],
    ['bounded', bounded('float32', ieee)],
  ] as const)('a power of what is wide open reaches as far as that does, for %s', (_, of) => {
    const base = 1.8046875
    const powerOf = <T>(it: Arithmetic<T> & { error(x: T): number }) => {
      const size = 3_942_400_000
      const quotient = it.divide(it.exact(3 * size), it.exact(3))
      const y = it.subtract(quotient, it.exact(size + 1280))
      return { y: it.toNumber(y), e: it.error(y), error: it.error(it.power(it.exact(base), y)) }
    }
    const { y, e, error } = powerOf(of as Arithmetic<unknown> & { error(x: unknown): number })
    // The value is 0 as a double, and that of its end is far from it.
    expect(base ** y).toBe(0)
    expect(base ** (y + e)).toBeGreaterThan(1e-34)
    expect(error).toBeGreaterThanOrEqual(base ** (y + e))
  })

  test('a root near 0 is off by as much as it falls to 0, and open where it may be of less', () => {
    for (const near of [2 ** -18, 2 ** -19, 2 ** -16]) {
      const x = off(4, near)
      const e = error(x)
      const root = error(sqrt(x))
      if (x.value - e < 0) expect(root).toBe(Number.POSITIVE_INFINITY)
      else {
        const fall = Math.sqrt(x.value) - Math.sqrt(x.value - e)
        const rise = Math.sqrt(x.value + e) - Math.sqrt(x.value)
        expect(root).toBeGreaterThanOrEqual(Math.max(fall, rise))
        expect(root).toBeLessThan(2 * Math.max(fall, rise))
      }
    }
    expect(error(sqrt(off(4, 0)))).toBe(Number.POSITIVE_INFINITY)
    expect(error(sqrt(exact(0)))).toBeLessThanOrEqual(2 ** -126 * covered)
  })

  test('wgsl takes a root as the inverse of an inverse that is off by 2 ulp', () => {
    const ulp = 2 ** -10
    const half = tape('float16', profiles.wgsl)
    const worst = (1 + 2.5 * ulp) / (1 - 2 * ulp) - 1
    expect(half.error(half.sqrt(half.exact(1)))).toBeGreaterThanOrEqual(worst)
  })

  test('a sigmoid by tanh is within the bound where it is declared, and beyond it elsewhere', () => {
    const x = -12.25
    // ½ (1 + tanh(x / 2)) of a number that rounds to −1 leaves nothing of 5e-6 but a few digits.
    const half = Math.fround(0.5 * Math.fround(1 + Math.fround(Math.tanh(x / 2))))
    const used = (name: 'ieee' | 'tanh-sigmoid') => {
      const of = tape('float32', profiles[name])
      const y = sigmoid(of, of.exact(x))
      return Math.abs(half - y.value) / of.error(y)
    }
    expect(used('ieee')).toBeGreaterThan(10)
    expect(used('tanh-sigmoid')).toBeLessThanOrEqual(1)
  })
})

describe('errors', () => {
  const arithmetic = tape('float32', ieee)
  const { abs, add, anyOf, divide, error, exact, less, maximum, multiply, subtract, tanh } =
    arithmetic
  const coarse = () => tanh(multiply(exact(0.7), exact(0.3)))
  const u = 2 ** -24

  test('that reach a result in two ways cancel', () => {
    const x = coarse()
    const twice = add(x, x)
    const once = subtract(twice, multiply(exact(1.5), x))
    const forwards = bounded('float32', ieee)
    const y = forwards.tanh(forwards.multiply(forwards.exact(0.7), forwards.exact(0.3)))
    const other = forwards.subtract(forwards.add(y, y), forwards.multiply(forwards.exact(1.5), y))
    expect(error(once)).toBeLessThan(forwards.error(other))
    const s = add(tanh(x), exact(0.25))
    // What is rounded at either use is left, a few roundings of numbers below 1; what tanh is off cancels.
    expect(error(subtract(s, s))).toBeLessThan(8 * u)
  })

  test('of zeros that are exact everywhere are none', () => {
    const x = coarse()
    for (const zero of [multiply(exact(0), x), divide(exact(0), add(x, exact(1)))]) {
      expect([zero.value, error(zero)]).toEqual([0, 0])
      expect(error(add(zero, exact(0.5)))).toBe(0)
    }
    expect(error(multiply(x, exact(-1)))).toBe(error(x))
  })

  test('that may be infinite leave open what follows, whatever its range', () => {
    const open = divide(exact(1), subtract(coarse(), coarse()))
    for (const x of [open, tanh(open), multiply(open, exact(0)), maximum([open, exact(2)])]) {
      expect(error(x)).toBe(Number.POSITIVE_INFINITY)
    }
  })

  test('beyond the range of a function end there', () => {
    const half = tape('bfloat16', ieee)
    const terms = Array.from({ length: 120 }, (_, i) => half.exact(i % 2 === 0 ? 0.75 : -0.75))
    const lost = half.total(terms)
    expect(half.error(lost)).toBeGreaterThan(20)
    // From 0 to an end of the range, 1, and the rounding of what lies there: 2^-8 of it for bfloat16, and a few ulp.
    expect(half.error(half.tanh(lost))).toBeLessThan(1.1)
  })

  test('leave a comparison open only within their limits', () => {
    const x = coarse()
    expect(() => less(x, exact(Math.fround(x.value)))).toThrow(Indeterminate)
    expect([less(x, exact(0.3)), less(exact(0.3), x)]).toEqual([true, false])
    const strange = add(arithmetic.log(exact(-1)), exact(1))
    expect(error(strange)).toBe(Number.POSITIVE_INFINITY)
    expect(() => less(strange, exact(1))).toThrow(Indeterminate)
  })

  test('follow the largest number where it is known which it is', () => {
    const [x, y] = [coarse(), multiply(exact(0.5), coarse())]
    expect(maximum([y, x, exact(0)])).toBe(x)
    const close = maximum([x, exact(Math.fround(x.value))])
    expect(error(close)).toBeGreaterThanOrEqual(error(x))
    expect(error(maximum([exact(3), exact(5)]))).toBe(0)
    // Equal for one that reads subnormal numbers as 0, which hands on what it was given.
    const apart = [exact(2 ** -128), exact(-(2 ** -127))]
    expect(error(maximum(apart))).toBeGreaterThanOrEqual(2 ** -128 + 2 ** -127)
    expect(error(maximum([exact(0), exact(-(2 ** -126))]))).toBe(0)
  })

  test('of a magnitude are those of the number, even across 0', () => {
    const nothing = subtract(coarse(), coarse())
    expect(error(abs(nothing))).toBeGreaterThanOrEqual(error(nothing) * 0.999)
    expect(error(abs(subtract(exact(0), coarse())))).toBe(error(coarse()))
  })

  test('of a number computed in several ways cover them all, and follow what is common', () => {
    // One over what nearly cancels: its error is far larger than a rounding of it.
    const x = divide(exact(1), subtract(coarse(), exact(0.2)))
    const little = () => multiply(exact(0.5), x)
    const much = () => add(multiply(exact(0.3), x), multiply(exact(0.2), x))
    for (const one of [little, much]) {
      for (const y of [anyOf(little, much), anyOf(much, little)]) {
        expect(error(y)).toBeGreaterThanOrEqual(error(one()))
      }
    }
    const y = anyOf(little, much)
    expect(error(subtract(y, multiply(exact(0.5), x)))).toBeLessThan(error(y))
  })
})

describe('the record', () => {
  test('covers what its adjoints lose by rounding', () => {
    const record = new TapeRecord()
    const x = record.node([], 1)
    const [one, little, less] = [1, 2 ** -60, -1].map((slope) => record.node([[x, slope]], 0))
    const all = [one!, little!, less!].map((node): Weighted => [node, 1])
    expect(1 + 2 ** -60 - 1).toBe(0)
    expect(record.settle(record.node(all, 0))).toBeGreaterThanOrEqual(2 ** -60)
    expect(record.sweep(all)).toBeLessThan(2 ** -48)
  })

  test('lets no error exceed the whole change', () => {
    const record = new TapeRecord()
    const x = record.node([], 1)
    expect(record.settle(record.node([[x, 100]], 0, 2))).toBe(2)
  })
})
