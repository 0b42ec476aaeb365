import { describe, expect, test } from 'vitest'
import { decimal, extended } from './extended.ts'

const { exact, toNumber, add, subtract, multiply, divide, negate, abs, total } = extended
const digitsOf = (x: { toFixed(places: number): string }, places = 60) => x.toFixed(places)

describe('a double becomes the number that it is', () => {
  test('0.1 is not a tenth', () => {
    // The 55 digits of the double nearest to 0.1.
    const digits = '0.1000000000000000055511151231257827021181583404541015625'
    expect(exact(0.1).toFixed(55)).toBe(digits)
    expect(subtract(exact(0.1), decimal('0.1')).isZero()).toBe(false)
  })

  test.each([
    ['the smallest subnormal', 2 ** -1074, -1074],
    ['the smallest normal number of float32', 2 ** -126, -126],
    ['a large power of two', 2 ** 1023, 1023],
  ])('%s', (_, value, exponent) => {
    const power = exact(2).pow(exponent)
    expect(divide(exact(value), power).toNumber()).toBe(1)
    expect(toNumber(exact(value))).toBe(value)
  })

  test('the largest double has its 309 digits', () => {
    expect(exact(Number.MAX_VALUE).toFixed(0)).toBe(BigInt(Number.MAX_VALUE).toString())
  })

  test.each([0, -0, 1, -3, 1 / 3, Math.PI * 1e-300, Number.POSITIVE_INFINITY, Number.NaN])(
    '%s and back',
    (value) => expect(toNumber(exact(value))).toBe(value),
  )
})

test('the nearest double, not the truncated one', () => {
  // 1 + 2^-53 + 2^-60 lies above the middle of 1 and its neighbour.
  const above = total([exact(1), exact(2 ** -53), exact(2 ** -60)])
  expect(toNumber(above)).toBe(1 + 2 ** -52)
  expect(toNumber(add(exact(1), exact(2 ** -54)))).toBe(1)
})

describe('64 digits', () => {
  // All from the On-Line Encyclopedia of Integer Sequences: A002193, A001113, A002162.
  test('√2', () => {
    expect(digitsOf(extended.sqrt(exact(2)))).toBe(
      '1.414213562373095048801688724209698078569671875376948073176680',
    )
  })
  test('e', () => {
    expect(digitsOf(extended.exp(exact(1)))).toBe(
      '2.718281828459045235360287471352662497757247093699959574966968',
    )
  })
  test('ln 2', () => {
    expect(digitsOf(extended.log(exact(2)))).toBe(
      '0.693147180559945309417232121458176568075500134360255254120680',
    )
  })
  test('a third', () => {
    expect(divide(exact(1), exact(3)).toFixed(64)).toBe(`0.${'3'.repeat(64)}`)
  })
  test('what cancels keeps what is left', () => {
    const sum = total([exact(1), exact(2 ** -100), exact(-1)])
    expect(toNumber(sum)).toBe(2 ** -100)
  })
  test('neither overflow nor underflow', () => {
    const huge = extended.exp(exact(1000))
    expect(toNumber(divide(huge, huge))).toBe(1)
    expect(toNumber(multiply(huge, extended.exp(exact(-1000))))).toBe(1)
  })
})

describe('tanh', () => {
  const closeTo = (x: number, places: number) => {
    const [plus, minus] = [extended.exp(exact(x)), extended.exp(exact(-x))]
    const quotient = divide(subtract(plus, minus), add(plus, minus))
    const off = abs(subtract(extended.tanh(exact(x)), quotient))
    // Both sides are made of a few operations of 64 digits each: the last one or two are theirs.
    expect(off.lte(decimal(`1e-${places}`))).toBe(true)
  }
  test.each([-5, -0.3, 0.25, 2, 40, 79])('of %d is (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)', (x) => closeTo(x, 62))

  test('is its argument for a tiny one, with all digits', () => {
    const x = decimal('1e-40')
    // tanh x = x − x³/3 + …, and x³ is 80 digits smaller than x: 64 digits hold no more than x, to one in the last.
    expect(subtract(extended.tanh(x), x).abs().lte(decimal('1e-103'))).toBe(true)
  })

  test.each([81, 1e6, 1e300])('is 1 at %d, at once, and odd', (x) => {
    expect(toNumber(extended.tanh(exact(x)))).toBe(1)
    expect(toNumber(extended.tanh(exact(-x)))).toBe(-1)
  })
})

describe('the other functions', () => {
  test('power', () => {
    expect(toNumber(extended.power(exact(2), exact(0.5)))).toBe(Math.SQRT2)
    expect(toNumber(extended.power(exact(0), exact(0.75)))).toBe(0)
    expect(toNumber(extended.power(exact(7), exact(0)))).toBe(1)
  })
  test('maximum is NaN when any number is', () => {
    expect(toNumber(extended.maximum([exact(2), exact(-3), exact(2.5)]))).toBe(2.5)
    expect(toNumber(extended.maximum([exact(2), exact(Number.NaN)]))).toBeNaN()
  })
  test('the empty sum is 0', () => expect(toNumber(total([]))).toBe(0))
  test('comparison is never open', () => {
    const third = divide(exact(1), exact(3))
    expect(extended.less(exact(1 / 3), third)).toBe(true)
    expect(extended.less(third, third)).toBe(false)
    expect(extended.less(negate(third), third)).toBe(true)
  })
  test.each([
    ['1 / 0', () => divide(exact(1), exact(0)), Number.POSITIVE_INFINITY],
    ['0 / 0', () => divide(exact(0), exact(0)), Number.NaN],
    ['ln 0', () => extended.log(exact(0)), Number.NEGATIVE_INFINITY],
    ['ln −1', () => extended.log(exact(-1)), Number.NaN],
    ['√−1', () => extended.sqrt(exact(-1)), Number.NaN],
  ])('%s is what IEEE arithmetic says', (_, compute, expected) => {
    expect(toNumber(compute())).toBe(expected)
  })
})
