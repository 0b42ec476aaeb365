import { describe, expect, test } from 'vitest'
import type { Arithmetic } from './arithmetic.ts'
import { decimal, digits, extended } from './extended.ts'
import { rounded, roundedOnce } from './rounded.ts'

const { exact } = rounded
const third = rounded.divide(exact(1), exact(3))
/** Half a unit in the last place of a number between 0.1 and 1. */
const half = 5 * 10 ** -(digits + 1)

/** That the error covers what a value is off its true one, and is at most `times` as large. */
function expectCovered(
  calculate: <T>(arithmetic: Arithmetic<T>) => T,
  truth: number,
  times: number,
) {
  const { value, error } = calculate(rounded)
  const off = extended.abs(value.minus(extended.exact(truth))).toNumber()
  expect(value.eq(calculate(extended))).toBe(true)
  expect(off).toBeGreaterThan(0)
  expect(error.toNumber()).toBeGreaterThanOrEqual(off)
  expect(error.toNumber()).toBeLessThanOrEqual(times * off)
}

describe('the error of 64 digits', () => {
  test('1 / 3 is off by a third of a unit, and at most half a unit of itself', () => {
    expect(third.error.toNumber()).toBeGreaterThanOrEqual(half / 3)
    expect(third.error.toNumber()).toBeLessThanOrEqual(4 * half)
  })
  test('3 · (1 / 3) is not 1', () =>
    expectCovered((a) => a.multiply(a.divide(a.exact(1), a.exact(3)), a.exact(3)), 1, 20))
  test('48 · (1 / 48) − 1 is nothing but error', () =>
    expectCovered(
      (a) => a.subtract(a.multiply(a.divide(a.exact(1), a.exact(48)), a.exact(48)), a.exact(1)),
      0,
      100,
    ))
  test('(√3)² is not 3', () => {
    const root = <T>(a: Arithmetic<T>) => a.sqrt(a.exact(3))
    expectCovered((a) => a.multiply(root(a), root(a)), 3, 100)
  })
  test('e^(ln 8) is not 8, nor 11^(1/3)³ 11', () => {
    const root = <T>(a: Arithmetic<T>) => a.power(a.exact(11), a.divide(a.exact(1), a.exact(3)))
    expectCovered((a) => a.exp(a.log(a.exact(8))), 8, 100)
    expectCovered((a) => a.power(root(a), a.exact(3)), 11, 100)
  })
  test('a sum has the errors of its terms, a maximum the largest', () => {
    const errors = [third, rounded.negate(third), rounded.abs(third)].map(({ error }) => error)
    const sum = rounded.total([third, third])
    expect(errors.every((error) => error.eq(third.error))).toBe(true)
    expect(sum.error.gte(third.error.times(2))).toBe(true)
    expect(rounded.maximum([exact(1), third]).error.eq(third.error)).toBe(true)
    expect(rounded.maximum([exact(1), third]).value.eq(1)).toBe(true)
  })
  test('numbers that are known have none, of whatever size', () => {
    for (const x of [exact(0), exact(0.1), exact(-1e300)]) expect(x.error.isZero()).toBe(true)
    expect(rounded.sqrt(exact(0)).error.isZero()).toBe(true)
    expect(rounded.power(exact(0), exact(2)).error.isZero()).toBe(true)
  })
  test('what is too small for a double still has one', () => {
    const tiny = roundedOnce(decimal('1e-400'), decimal('1e-400'))
    expect(tiny.error.gt(0) && tiny.error.lt('1e-460')).toBe(true)
    expect(rounded.tanh(tiny).error.gt(tiny.error)).toBe(true)
  })
})
