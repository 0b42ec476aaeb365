import type { Accumulator, Arithmetic } from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'
import { type AccuracyProfile, roundsToNearest } from './profile.ts'

/** A decision on what is more than a sum of products of what is known, or on one that is too close. */
export class NotASum extends Error {
  override readonly name = 'NotASum'
}

/**
 * A sum of products of known numbers, and how far rounding to nearest may spread it
 * (`STATISTICS.md`). It stays open as in `bounded`, until it is divided or read. Of what is anything else
 * nothing is known: the squares of its roundings are not a number, and so are those of all that it enters.
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

const zero = new Spread(0, 0, [], 0, 0, true)

/** A number of which nothing is known but about how large it is. */
const anything = (value: number) => new Spread(value, 0, null, Number.NaN, 0, false)

/** A sum that is still open. One of a single term is that term, and a 0 that is exact is none. */
class Sum implements Accumulator<Spread> {
  #only: Spread | null = zero
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

  /** What `add` makes of the product; that of two numbers that are held, and no powers of two, is not made. */
  addProduct(x: Spread, y: Spread): void {
    const value = x.value * y.value
    const size = Math.abs(value)
    const isPlain = x.known && y.known && x.common === 0 && y.common === 0 && value !== 0
    // The first term may be the only one.
    const isFirst = this.#only === zero
    if (this.narrow === 0 || !isPlain || isFirst || isShift(x.value) || isShift(y.value)) {
      this.add(this.multiply(x, y))
      return
    }
    this.#gatherFirst()
    const [sum, short] = exactSum(this.#value, value)
    this.#value = sum
    this.#rest += short
    this.#squares += (this.narrow * size) ** 2
    this.#terms.push(size)
  }

  add(x: Spread): void {
    if (x === zero) return
    if (this.#only === zero) this.#only = x
    else {
      this.#gatherFirst()
      this.#gather(x)
    }
  }

  /** The terms of the first number, which are not copied as long as there is no second one. */
  #gatherFirst(): void {
    if (this.#only === null) return
    this.#gather(this.#only)
    this.#only = null
  }

  #gather({ value, rest, terms, squares, common }: Spread): void {
    const [sum, short] = exactSum(this.#value, value)
    this.#value = sum
    this.#rest += short + rest
    this.#squares += squares
    this.#common += common
    if (terms === null) this.#terms[this.#terms.length] = Math.abs(value)
    else for (const term of terms) this.#terms.push(term)
  }

  total(): Spread {
    if (this.#only !== null) return this.#only
    const [value, rest] = exactSum(this.#value, this.#rest)
    return new Spread(value, rest, this.#terms, this.#squares, this.#common, false)
  }
}

/** What rounding to nearest may make of a number. */
export interface Deviation {
  /** How many terms that are not zero it is the sum of; none where nothing is known of them. */
  readonly terms: number
  /** √Σ c² over all roundings, each of which is at most c: the error's unit. */
  readonly unit: number
  readonly common: number
}

export interface SpreadArithmetic extends Arithmetic<Spread> {
  deviation(x: Spread): Deviation
}

/**
 * Arithmetic that tells how errors of rounding to nearest are spread, of results that are sums of
 * products of known numbers, which may be divided by a known number at the end, and pass through further
 * layers that leave them as they are: factors of ±1, zeros that are added, rectifiers. Of other results it
 * says nothing. Throws `NotASum` where they decide which way a formula takes, and `RangeError` for a
 * profile that does not round to nearest.
 */
export function spread(precision: Precision, profile: AccuracyProfile): SpreadArithmetic {
  if (!roundsToNearest(profile)) throw new RangeError(`${profile.name} does not round to nearest`)
  const u = 2 ** -formats[precision].bits
  const isNarrow = precision !== 'float64'
  const untold =
    (f: (...x: number[]) => number) =>
    (...x: readonly Spread[]): Spread =>
      anything(f(...x.map(({ value }) => value)))

  const exact = (value: number): Spread => {
    if (value === 0) return zero
    const off = roundTo(precision, value) === value ? 0 : u * Math.abs(value)
    return new Spread(value, 0, null, 0, off, true)
  }
  const negate = (x: Spread): Spread =>
    x === zero ? x : new Spread(-x.value, -x.rest, x.terms, x.squares, x.common, x.known)
  const total = (terms: Iterable<Spread>): Spread => {
    const sum = accumulator()
    for (const term of terms) sum.add(term)
    return sum.total()
  }

  const accumulator = () => new Sum(isNarrow ? u : 0, multiply)

  const isPowerOfTwo = ({ known, value, common }: Spread) => known && common === 0 && isShift(value)
  /** A number times a power of two, which costs nothing. */
  const shifted = (x: Spread, factor: number): Spread => {
    const size = Math.abs(factor)
    const terms = size === 1 ? x.terms : (x.terms?.map((term) => term * size) ?? null)
    const squares = x.squares * size ** 2
    return new Spread(x.value * factor, x.rest * factor, terms, squares, x.common * size, x.known)
  }

  const multiply = (x: Spread, y: Spread): Spread => {
    if (x === zero || y === zero) return zero
    if (isPowerOfTwo(x)) return shifted(y, x.value)
    if (isPowerOfTwo(y)) return shifted(x, y.value)
    const value = x.value * y.value
    if (!x.known || !y.known) return anything(value)
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
    const sorted = new Float64Array(terms).sort()
    let partial = sorted[n - 1]!
    let sums = 0
    for (let i = n - 2; i >= 0; i--) {
      partial += sorted[i]!
      sums += partial * partial
    }
    return squares + (u * carried) ** 2 * (sums + partial * partial)
  }

  const divide = (x: Spread, y: Spread): Spread => {
    const value = x.value / y.value
    if (!y.known || y === zero) return anything(value)
    if (x === zero) return zero
    if (isPowerOfTwo(y)) return shifted(x, 1 / y.value)
    const by = Math.abs(y.value)
    const product = value * y.value
    const rest = (x.value - product - productRest(value, y.value, product) + x.rest) / y.value
    // The quotient, or the reciprocal that all answers share, and the error of the divisor.
    const own = profile.divide(Math.abs(value), 2 * u) + (Math.abs(value) * y.common) / by
    return new Spread(value, rest, null, squaresOf(x) / by ** 2, x.common / by + own, false)
  }

  /** The most that a number may be off, in whatever order it is added up; infinite where that is not told. */
  const reachOf = ({ terms, squares, common, known }: Spread): number => {
    if (known) return common
    if (terms === null || Number.isNaN(squares)) return Number.POSITIVE_INFINITY
    const n = (terms.length + 1) * u
    return (n / (1 - n)) * terms.reduce((sum, term) => sum + term, 0) + common
  }
  /** Whether one number exceeds another, `null` where rounding leaves it open. */
  const exceeds = (x: Spread, y: Spread): boolean | null => {
    const open = reachOf(x) + reachOf(y)
    if (open > 0 && !(Math.abs(x.value - y.value) > open)) return null
    return x.value > y.value
  }

  /** The largest, where it is clear which it is. */
  const maximum = (terms: readonly Spread[]): Spread => {
    const largest = terms.reduce((most, x) => (x.value > most.value ? x : most))
    const isClear = terms.every((x) => x === largest || exceeds(x, largest) === false)
    return isClear ? largest : anything(largest.value)
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
    abs: untold(Math.abs),
    total,
    accumulator,
    maximum,
    exp: untold(Math.exp),
    log: untold(Math.log),
    sqrt: untold(Math.sqrt),
    tanh: untold(Math.tanh),
    power: untold((x, y) => x ** y!),
    less: (x, y) => {
      const greater = exceeds(y, x)
      if (greater === null) throw new NotASum(`${x.value} < ${y.value} decides, and is open`)
      return greater
    },
    anyOf: (first) => first!(),
    normwise: anything,
    allows: (shortcut) => profile.shortcuts?.includes(shortcut) ?? false,
    deviation: (x) => ({
      terms: Number.isNaN(x.squares) ? 0 : (x.terms?.length ?? 1),
      unit: Math.sqrt(squaresOf(x)),
      common: x.common,
    }),
  }
}

const double = new Float64Array(1)
const [low, high] = [0, 1].map((half) => new Uint32Array(double.buffer, 4 * half, 1)) as [
  Uint32Array,
  Uint32Array,
]

/** Whether a number is a normal power of two, so that a product with it costs nothing. */
function isShift(x: number): boolean {
  double[0] = x
  const exponent = (high[0]! >>> 20) & 0x7ff
  return low[0] === 0 && (high[0]! & 0xfffff) === 0 && exponent !== 0 && exponent !== 0x7ff
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
