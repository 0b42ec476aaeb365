import { type BigNumber as Big, BigNumberDependencies, create } from 'mathjs'
import type { Arithmetic } from './arithmetic.ts'

/** Decimal digits of every result. */
export const digits = 64

/** What one operation may be off, relative to its result: half a unit in the last place. */
export const roundoff = 5 * 10 ** -digits

// Of mathjs only the numbers: bundled, that is 130 kB, of which nothing else is evaluated. Importing
// the package as it is costs most of a second, so only what needs 64 digits imports this file.
const { BigNumber } = create(BigNumberDependencies, { precision: digits }) as unknown as {
  BigNumber: { new (value: number | string): Big; max(...values: Big[]): Big }
}

/** A number of 64 digits. Its exponent is all but unlimited: neither overflow nor underflow. */
export type Extended = Big

/** A number from its decimal digits, such as the step of a difference quotient. */
export function decimal(text: string): Extended {
  return new BigNumber(text)
}

/**
 * A double as it is, to its last bit.
 *
 * The numbers of mathjs take a double for the shortest text that reads as it (0.1 for
 * 0.1000000000000000055…), which would make another number of nearly every input. But every finite
 * double is w / 2^k = w · 5^k · 10^-k with a whole w, and these digits are all kept.
 */
function exact(value: number): Extended {
  if (value === 0 || !Number.isFinite(value)) return new BigNumber(value)
  let [whole, k] = [value, 0]
  while (!Number.isInteger(whole)) {
    whole *= 2
    k++
  }
  return new BigNumber(`${BigInt(whole) * 5n ** BigInt(k)}e-${k}`)
}

/** Beyond this, 1 − |tanh x| < 2e^(-160), less than half a unit in the last of 64 digits. */
const flat = 80

const zero = new BigNumber(0)
const one = new BigNumber(1)

/**
 * Decimal arithmetic of 64 digits, on mathjs: what double arithmetic is checked against, and precise
 * enough for difference quotients (see `derivative.ts`). Some hundred times slower than doubles.
 */
export const extended: Arithmetic<Extended> = {
  name: 'extended',
  exact,
  toNumber: (x) => x.toNumber(),

  add: (x, y) => x.plus(y),
  subtract: (x, y) => x.minus(y),
  multiply: (x, y) => x.times(y),
  divide: (x, y) => x.div(y),
  negate: (x) => x.neg(),
  abs: (x) => x.abs(),

  total: (terms) => {
    let sum = zero
    for (const term of terms) sum = sum.plus(term)
    return sum
  },
  maximum: (terms) => BigNumber.max(...terms),

  exp: (x) => x.exp(),
  log: (x) => x.ln(),
  sqrt: (x) => x.sqrt(),
  // The series takes longer in proportion to |x|, to arrive at 1 all the same.
  tanh: (x) => (x.abs().gt(flat) ? (x.isNegative() ? one.neg() : one) : x.tanh()),
  power: (x, y) => x.pow(y),

  less: (x, y) => x.lt(y),

  anyOf: (first) => first!(),
  allows: () => false,
}
