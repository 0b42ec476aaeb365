import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/** A function that is evaluated in doubles, and what is known of its errors. */
export interface Lipschitz {
  /** Its value at the doubles of its operands. */
  readonly value: number
  /** By how many roundings of a number of the size of the norm its evaluation may be off. */
  readonly roundings: number
  readonly norm: number
  /** What else follows from an error by so many roundings, such as that of a root. */
  readonly apart?: (off: number) => number
  /** The most by which a change of one operand moves the value, as a share of that change. */
  readonly slope: number
}

/**
 * A number that an iteration finds, or a root near 0, of operands that carry errors themselves.
 *
 * Formula    f(x), |f(x + e) − f(x)| ≤ slope Σ_i |e_i|: a norm is one, with the slope 1
 * Edges      where numbers carry no errors, the value
 * Source     Golub and Van Loan (2013), section 2.3, by the triangle inequality
 */
export function lipschitz<T>(
  { add, divide, exact, normwise, subtract, toNumber, total }: Arithmetic<T>,
  operands: readonly T[],
  { value, roundings, norm, apart, slope }: Lipschitz,
): T {
  const own = normwise?.(value, roundings, norm, apart) ?? exact(value)
  if (normwise === undefined || slope === 0) return own
  // A quotient is a number of its own, and no open sum whose terms would be charged again.
  const closed = (x: T, by = 1) => divide(x, exact(by))
  const off = operands.map((x) => closed(subtract(x, exact(toNumber(x)))))
  return add(own, closed(total(off), 1 / slope))
}
