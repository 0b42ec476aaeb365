/**
 * The operations on numbers from which every formula of the reference is built.
 *
 * A formula is written once, against this interface, and evaluated in several arithmetics:
 * `number` (IEEE double), `extended` (64 decimal digits) and
 * `bounded` (a double with the rounding error that an implementation may make).
 */
export interface Arithmetic<T> {
  readonly name: 'number' | 'extended' | 'bounded'

  /** An exactly known number: a count, an index, an element of an input, a parameter. */
  exact(value: number): T
  /** The nearest double, for display and comparison. */
  toNumber(x: T): number

  add(x: T, y: T): T
  subtract(x: T, y: T): T
  multiply(x: T, y: T): T
  divide(x: T, y: T): T
  negate(x: T): T
  abs(x: T): T

  /** The sum of the terms; in any order, as far as rounding is concerned. The empty sum is 0. */
  total(terms: Iterable<T>): T
  /** The same, for terms that come one by one and need not be kept; left out where it gains nothing. */
  accumulator?(): Accumulator<T>
  /** The largest of at least one number; NaN when any of them is NaN. */
  maximum(terms: readonly T[]): T

  exp(x: T): T
  log(x: T): T
  sqrt(x: T): T
  tanh(x: T): T
  /** `x` to the power `y`, for `x > 0`, or `x = 0` and `y > 0`. */
  power(x: T, y: T): T

  /**
   * Whether `x < y`. In `bounded` arithmetic it throws `Indeterminate` when the errors of both
   * leave the answer open; the case is then discarded and counted.
   */
  less(x: T, y: T): boolean
}

/** A sum that is still open. */
export interface Accumulator<T> {
  add(term: T): void
  total(): T
}

/** A comparison that the rounding errors of its operands leave open. */
export class Indeterminate extends Error {
  override readonly name = 'Indeterminate'
}
