import type { Accumulator, Arithmetic } from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'
import { type AccuracyProfile, roundsToNearest } from './profile.ts'

/** A formula that is more than sums of products of what is known. */
export class NotASum extends Error {
  override readonly name = 'NotASum'
}

/**
 * A sum of products of known numbers, and how far rounding to nearest may spread it
 * (`STATISTICS.md`). It stays open as in `bounded`, until it is divided or read.
 */
export class Spread {
  constructor(
    readonly value: number,
    /** What the value is short of, so that both together are right to twice the digits of a double. */
    readonly rest: number,
    /** The magnitudes of its terms, but for exact zeros; `null` of a number that is no sum. */
    readonly terms: readonly number[] | null,
    /** Σ c² over the roundings of its terms, each of which is at most c. */
    readonly squares: number,
    /** The error of what every implementation may round in the same direction for all its answers. */
    readonly common: number,
    /** Whether it is given, and not computed. */
    readonly known: boolean,
  ) {}
}

/** A sum that is still open. */
class Sum implements Accumulator<Spread> {
  #value = 0
  #rest = 0
  #squares = 0
  #common = 0
  readonly #terms: number[] = []

  constructor(
    /** The unit roundoff of a format whose products a double holds; 0 of one that is wider. */
    readonly narrow: number,
    readonly multiply: (x: Spread, y: Spread) => Spread,
  ) {}

  /** What `add` makes of the product; that of two numbers that are held, and neither 0 nor ±1, is not made. */
  addProduct(x: Spread, y: Spread): void {
    const value = x.value * y.value
    const size = Math.abs(value)
    const isPlain = x.known && y.known && x.common === 0 && y.common === 0 && value !== 0
    const isUnit = size === Math.abs(x.value) || size === Math.abs(y.value)
    if (this.narrow === 0 || !isPlain || isUnit) {
      this.add(this.multiply(x, y))
      return
    }
    const [sum, short] = exactSum(this.#value, value)
    this.#value = sum
    this.#rest += short
    this.#squares += (this.narrow * size) ** 2
    this.#terms.push(size)
  }

  add({ value, rest, terms, squares, common }: Spread): void {
    const [sum, short] = exactSum(this.#value, value)
    this.#value = sum
    this.#rest += short + rest
    this.#squares += squares
    this.#common += common
    if (terms === null) this.#terms[this.#terms.length] = Math.abs(value)
    else for (const term of terms) this.#terms.push(term)
  }

  total(): Spread {
    const [value, rest] = exactSum(this.#value, this.#rest)
    return new Spread(value, rest, this.#terms, this.#squares, this.#common, false)
  }
}

/** What rounding to nearest may make of a number. */
export interface Deviation {
  /** How many terms that are not zero it is the sum of. */
  readonly terms: number
  /** √Σ c² over all roundings, each of which is at most c: the error's unit. */
  readonly unit: number
  readonly common: number
}

export interface SpreadArithmetic extends Arithmetic<Spread> {
  deviation(x: Spread): Deviation
}

const zero = new Spread(0, 0, [], 0, 0, true)

/**
 * Arithmetic that tells how errors of rounding to nearest are spread, of formulas that are sums of
 * products of known numbers, which may be divided by a known number at the end. Throws `NotASum` for
 * whatever else a formula asks for, and `RangeError` for a profile that does not round to nearest.
 */
export function spread(precision: Precision, profile: AccuracyProfile): SpreadArithmetic {
  if (!roundsToNearest(profile)) throw new RangeError(`${profile.name} does not round to nearest`)
  const u = 2 ** -formats[precision].bits
  const isNarrow = precision !== 'float64'
  const never = (what: string) => (): never => {
    throw new NotASum(`${what} is no sum of products of known numbers`)
  }

  const exact = (value: number): Spread => {
    if (value === 0) return zero
    const off = roundTo(precision, value) === value ? 0 : u * Math.abs(value)
    return new Spread(value, 0, null, 0, off, true)
  }
  const negate = (x: Spread): Spread =>
    new Spread(-x.value, -x.rest, x.terms, x.squares, x.common, x.known)
  const total = (terms: Iterable<Spread>): Spread => {
    const sum = accumulator()
    for (const term of terms) sum.add(term)
    return sum.total()
  }

  const accumulator = () => new Sum(isNarrow ? u : 0, multiply)

  const multiply = (x: Spread, y: Spread): Spread => {
    if (!x.known || !y.known) throw new NotASum('a product of what is computed')
    if (x === zero || y === zero) return zero
    if (Math.abs(x.value) === 1) return x.value > 0 ? y : negate(y)
    if (Math.abs(y.value) === 1) return y.value > 0 ? x : negate(x)
    const value = x.value * y.value
    const size = Math.abs(value)
    // Two numbers of a narrow format have a product that a double holds.
    const rest = isNarrow ? 0 : productRest(x.value, y.value, value)
    const common = Math.abs(x.value) * y.common + Math.abs(y.value) * x.common + x.common * y.common
    return new Spread(value, rest, null, (u * size) ** 2, common, false)
  }

  /**
   * Whatever the order, the m-th smallest of the partial sums has at most m + 1 terms, so that it is at
   * most the sum of the m + 1 largest; the last is rounded once more where a wider one is narrowed.
   */
  const squaresOf = ({ terms, squares }: Spread): number => {
    if (terms === null || terms.length === 0) return squares
    const n = terms.length
    const carried = 1 + (n * u) / (1 - n * u)
    const sorted = Float64Array.from(terms).sort()
    let partial = sorted[n - 1]!
    let sums = 0
    for (let i = n - 2; i >= 0; i--) {
      partial += sorted[i]!
      sums += partial * partial
    }
    return squares + (u * carried) ** 2 * (sums + partial * partial)
  }

  const divide = (x: Spread, y: Spread): Spread => {
    if (!y.known || y === zero) throw new NotASum('a quotient by what is computed')
    if (x === zero) return zero
    const by = Math.abs(y.value)
    const value = x.value / y.value
    if (Number.isInteger(Math.log2(by)) && y.common === 0) {
      const terms = x.terms?.map((term) => term / by) ?? null
      return new Spread(value, x.rest / y.value, terms, x.squares / by ** 2, x.common / by, false)
    }
    const product = value * y.value
    const rest = (x.value - product - productRest(value, y.value, product) + x.rest) / y.value
    // The quotient, or the reciprocal that all answers share, and the error of the divisor.
    const own = profile.divide(Math.abs(value), 2 * u) + (Math.abs(value) * y.common) / by
    return new Spread(value, rest, null, squaresOf(x) / by ** 2, x.common / by + own, false)
  }

  return {
    name: 'spread',
    exact,
    toNumber: ({ value }) => value,
    add: (x, y) => total([x, y]),
    subtract: (x, y) => total([x, negate(y)]),
    multiply,
    divide,
    negate,
    abs: never('a magnitude'),
    total,
    accumulator,
    maximum: never('a maximum'),
    exp: never('an exponential'),
    log: never('a logarithm'),
    sqrt: never('a root'),
    tanh: never('a hyperbolic tangent'),
    power: never('a power'),
    less: never('a comparison'),
    anyOf: (first) => first!(),
    allows: (shortcut) => profile.shortcuts?.includes(shortcut) ?? false,
    deviation: (x) => ({
      terms: x.terms?.length ?? 1,
      unit: Math.sqrt(squaresOf(x)),
      common: x.common,
    }),
  }
}

/** The sum of two doubles, rounded, and what it is short of, which is a double, too (Knuth). */
function exactSum(x: number, y: number): readonly [number, number] {
  const sum = x + y
  const part = sum - x
  return [sum, x - (sum - part) + (y - part)]
}

/** What the product of two doubles, rounded, is short of (Dekker 1971). */
function productRest(x: number, y: number, product: number): number {
  const [a, b] = halves(x)
  const [c, d] = halves(y)
  return a * c - product + a * d + b * c + b * d
}

/** A double as the sum of two with half of the digits each. */
function halves(x: number): readonly [number, number] {
  const scaled = x * (2 ** 27 + 1)
  const high = scaled - (scaled - x)
  return [high, x - high]
}
