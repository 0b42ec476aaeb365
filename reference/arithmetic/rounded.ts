import { type BigNumber as Big, BigNumberDependencies, create } from 'mathjs'
import type { Arithmetic } from './arithmetic.ts'
import { type Extended, extended, roundoff } from './extended.ts'

/** Errors are needed to a few digits; so short, they cost little beside the numbers themselves. */
const { BigNumber: Size } = create(BigNumberDependencies, { precision: 8 }) as unknown as {
  BigNumber: { new (value: number | Extended): Big; max(...values: Big[]): Big }
}

/** How far a number of 64 digits may be off: with an exponent that knows no end, like its own. */
type Size = Big

/** A number of 64 digits, and what the roundings on its way may have made of it, to first order. */
export interface Rounded {
  readonly value: Extended
  readonly error: Size
}

const none = new Size(0)
/** A rounding is half a unit; the functions of mathjs are right to one. */
const [half, unit] = [new Size(roundoff), new Size(2 * roundoff)]

const sizeOf = (value: Extended): Size => new Size(value.abs())

const once = (value: Extended, carried: Size): Rounded => ({
  value,
  error: carried.plus(sizeOf(value).times(half)),
})

const called = (value: Extended, carried: Size): Rounded => ({
  value,
  error: carried.plus(sizeOf(value).times(unit)),
})

/** A number of 64 digits that stands for one which is off by as much as a rounding of `size`. */
export function roundedOnce(value: Extended, size: Extended): Rounded {
  return { value, error: sizeOf(size).times(half) }
}

/**
 * The arithmetic of 64 digits, with the errors of its own roundings carried along: what tells the noise of
 * a difference quotient, however small the numbers are and however large those that they come from.
 *
 * First order is enough: what is left out is the product of two errors, 64 digits below one.
 */
export const rounded: Arithmetic<Rounded> = {
  name: 'rounded',
  exact: (value) => ({ value: extended.exact(value), error: none }),
  toNumber: ({ value }) => value.toNumber(),

  add: (x, y) => once(x.value.plus(y.value), x.error.plus(y.error)),
  subtract: (x, y) => once(x.value.minus(y.value), x.error.plus(y.error)),
  multiply: (x, y) =>
    once(
      x.value.times(y.value),
      sizeOf(x.value).times(y.error).plus(sizeOf(y.value).times(x.error)),
    ),
  divide: (x, y) => {
    const value = x.value.div(y.value)
    return once(value, x.error.plus(sizeOf(value).times(y.error)).div(sizeOf(y.value)))
  },
  negate: ({ value, error }) => ({ value: value.neg(), error }),
  abs: ({ value, error }) => ({ value: value.abs(), error }),

  total: (terms) => {
    let sum = rounded.exact(0)
    for (const term of terms) sum = rounded.add(sum, term)
    return sum
  },
  // Any of them may be the largest when they are that close, so that all errors count.
  maximum: (terms) => ({
    value: extended.maximum(terms.map(({ value }) => value)),
    error: Size.max(...terms.map(({ error }) => error)),
  }),

  exp: (x) => {
    const value = extended.exp(x.value)
    return called(value, sizeOf(value).times(x.error))
  },
  log: (x) => called(extended.log(x.value), over(x.error, sizeOf(x.value))),
  sqrt: (x) => {
    const value = extended.sqrt(x.value)
    return once(value, over(x.error, sizeOf(value).times(2)))
  },
  // Its slope, 1 − tanh², is at most 1.
  tanh: (x) => called(extended.tanh(x.value), x.error),
  power: (x, y) => {
    const value = extended.power(x.value, y.value)
    if (x.value.isZero()) return called(value, none)
    const inBase = over(sizeOf(y.value).times(x.error), sizeOf(x.value))
    const inExponent = y.error.isZero() ? none : sizeOf(extended.log(x.value)).times(y.error)
    return called(value, sizeOf(value).times(inBase.plus(inExponent)))
  },

  less: (x, y) => x.value.lt(y.value),

  anyOf: (first) => first!(),
  allows: () => false,
}

/** An error over the size of a number, of which a 0 that is exact makes nothing. */
function over(error: Size, size: Size): Size {
  return error.isZero() ? none : error.div(size)
}
