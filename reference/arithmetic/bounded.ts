import {
  type Accumulator,
  type Arithmetic,
  Indeterminate,
  type Shortcut,
  type Transforms,
} from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'
import { normwiseConstant } from './transforms.ts'

/**
 * A double with the rounding error that an implementation may have made in it.
 *
 * A sum stays open: additions only collect their terms. The error of summing n terms in any order,
 * with or without fused multiply-add, is at most γ(n−1) Σ|terms| with γ(k) = ku / (1 − ku)
 * (Higham 2002, equation 4.4 and section 3.1); it is charged when the sum is used.
 */
export class Bounded {
  constructor(
    readonly value: number,
    /** The error that the terms brought with them. */
    readonly inherited: number,
    /** Σ (|term| + its error). */
    readonly magnitude: number,
    /** How many terms that are not exactly zero. */
    readonly terms: number,
    /** Whether every term is exactly known and whole. */
    readonly whole: boolean,
  ) {}
}

/** What the product of two exactly known numbers is off by. */
interface ProductOfKnown {
  /** Up to this size, the product of whole numbers is whole in the format, and exact. */
  readonly largestWhole: number
  /** Up to this size, a whole number is not rounded before it is multiplied. */
  readonly largestWholeOperand: number
  readonly rounding: number
  readonly minNormal: number
  readonly max: number
  /** Whether a product with ±1 is the other factor, to the bit. */
  readonly keepsFactors: boolean
}

/** A sum that is still open: all parts of its terms are added up. */
class Sum implements Accumulator<Bounded> {
  #value = 0
  #inherited = 0
  #magnitude = 0
  #terms = 0
  #whole = true

  constructor(
    readonly known: ProductOfKnown,
    readonly multiply: (x: Bounded, y: Bounded) => Bounded,
  ) {}

  add({ value, inherited, magnitude, terms, whole }: Bounded): void {
    this.#value += value
    this.#inherited += inherited
    this.#magnitude += magnitude
    this.#terms += terms
    this.#whole = this.#whole && whole
  }

  /** What `add` makes of the product; one of two numbers that are known, and neither 0 nor ±1, is not made. */
  addProduct(x: Bounded, y: Bounded): void {
    const { known } = this
    const isKnown = x.inherited === 0 && y.inherited === 0 && x.terms === 1 && y.terms === 1
    const value = x.value * y.value
    const size = Math.abs(value)
    const isUnit = size === Math.abs(x.value) || size === Math.abs(y.value)
    const isWhole =
      x.whole &&
      y.whole &&
      size <= known.largestWhole &&
      Math.abs(x.value) <= known.largestWholeOperand &&
      Math.abs(y.value) <= known.largestWholeOperand
    const off = isWhole ? 0 : size * known.rounding + known.minNormal
    if (!isKnown || (isUnit && known.keepsFactors) || !(size + off <= known.max)) {
      this.add(this.multiply(x, y))
      return
    }
    this.#value += value
    this.#inherited += off
    this.#magnitude += size + off
    this.#terms++
    this.#whole = this.#whole && isWhole
  }

  total(): Bounded {
    return new Bounded(this.#value, this.#inherited, this.#magnitude, this.#terms, this.#whole)
  }
}

/** A number whose error is already known, such as a measured answer. */
export function withError(value: number, error: number): Bounded {
  const whole = error === 0 && Number.isInteger(value)
  return new Bounded(
    value,
    error,
    Math.abs(value) + error,
    value === 0 && error === 0 ? 0 : 1,
    whole,
  )
}

/** Bounded arithmetic, and the bound that it arrives at. */
export interface BoundedArithmetic extends Arithmetic<Bounded> {
  readonly precision: Precision
  readonly profile: AccuracyProfile
  /** The largest difference between the value and what an implementation may give. */
  error(x: Bounded): number
  /** How many finite numbers have been met so far that an implementation may hold for infinite. */
  overflows(): number
}

/**
 * Arithmetic that derives the tolerance from the code that computes the formula.
 *
 * Products, quotients and elementary functions carry the error of their operands exactly (the
 * product of two errors included), add their own rounding and 2^-126 (for float32) for results that
 * underflow, since subnormal numbers may be flushed to zero. The unit roundoff is that of the
 * implementation plus 2^-53, for the rounding of the reference itself. Where a number may overflow, or
 * its argument may leave the domain of a function, the bound is infinite: nothing can be said.
 * Whole numbers that are exactly known stay exact as long as no sum exceeds 2^bits.
 */
export function bounded(precision: Precision, profile: AccuracyProfile): BoundedArithmetic {
  const { bits, operandBits, minNormal, max } = formats[precision]
  const ulp = 2 ** (1 - bits) + 2 ** -52
  const u = profile.rounding * ulp
  const largestWhole = 2 ** bits
  const largestWholeOperand = 2 ** operandBits
  // Rounding both operands of a product first, as TF32 does: (1 + v)² − 1.
  const v = operandBits === bits ? 0 : 2 ** -operandBits
  const operandRounding = 2 * v + v * v

  let overflows = 0
  const overflow = (): number => {
    overflows++
    return Number.POSITIVE_INFINITY
  }

  const error = (x: Bounded): number => {
    if (x.terms <= 1) return x.inherited
    if (x.whole && x.magnitude <= largestWhole) return x.inherited
    const n = x.terms - 1
    if (n * u >= 1) return Number.POSITIVE_INFINITY
    const summed = x.inherited + ((n * u) / (1 - n * u)) * x.magnitude + n * minNormal
    // Some order may add up everything of one sign first.
    return x.magnitude + summed > max && Number.isFinite(x.magnitude) ? overflow() : summed
  }
  const leaf = (value: number, inherited: number): Bounded => {
    const size = Math.abs(value) + inherited
    const beyond = size > max && Number.isFinite(value)
    const open = beyond || Number.isNaN(inherited)
    const off =
      beyond && Number.isFinite(size) ? overflow() : open ? Number.POSITIVE_INFINITY : inherited
    return new Bounded(
      value,
      off,
      Math.abs(value) + off,
      value === 0 && off === 0 ? 0 : 1,
      off === 0 && Number.isInteger(value),
    )
  }
  const isZero = (x: Bounded) => x.value === 0 && x.terms === 0
  const isUnit = (x: Bounded) => Math.abs(x.value) === 1 && x.terms === 1 && x.inherited === 0

  /** Whole numbers up to this size, of which most cases have many, are made once. */
  const small: Bounded[] = []
  const exact = (value: number): Bounded => {
    if (value > 0 && value <= 16 && Number.isInteger(value)) {
      small[value] ??= made(value)
      return small[value]!
    }
    return made(value)
  }
  const made = (value: number): Bounded => {
    const held = roundTo(precision, value)
    const size = Math.abs(value)
    if (held === value && size >= minNormal && size <= max) {
      return new Bounded(value, 0, size, 1, Number.isInteger(value))
    }
    // NaN is exactly that, and an answer of NaN is as certain as any other.
    if (Number.isNaN(value)) return leaf(value, 0)
    const flushed = value !== 0 && Math.abs(value) < minNormal
    return leaf(value, flushed ? Math.abs(value) : held === value ? 0 : u * Math.abs(value))
  }

  const add = (x: Bounded, y: Bounded): Bounded =>
    new Bounded(
      x.value + y.value,
      x.inherited + y.inherited,
      x.magnitude + y.magnitude,
      x.terms + y.terms,
      x.whole && y.whole,
    )

  const negate = (x: Bounded): Bounded =>
    new Bounded(-x.value, x.inherited, x.magnitude, x.terms, x.whole)

  // What a product of two exactly known numbers is off by, as a share of it.
  const productRounding = operandRounding + u + operandRounding * u

  /** Whether a number is exactly known, and one number rather than a sum of several. */
  const isKnown = (x: Bounded) => x.inherited === 0 && x.terms <= 1

  const multiply = (x: Bounded, y: Bounded): Bounded =>
    isKnown(x) && isKnown(y) ? productOfKnown(x, y) : product(x, y)

  const known = {
    largestWhole,
    largestWholeOperand,
    rounding: productRounding,
    minNormal,
    max,
    keepsFactors: v === 0,
  }
  const accumulator = () => new Sum(known, multiply)

  /** Nearly all products are of two elements of inputs; the same as `product` for them. */
  const productOfKnown = (x: Bounded, y: Bounded): Bounded => {
    const value = x.value * y.value
    const size = Math.abs(value)
    if (x.terms === 0 || y.terms === 0) return withError(value, 0)
    if (v === 0) {
      if (x.value === 1) return y
      if (y.value === 1) return x
      if (x.value === -1) return negate(y)
      if (y.value === -1) return negate(x)
    }
    if (x.whole && y.whole && size <= largestWhole) {
      const [a, b] = [Math.abs(x.value), Math.abs(y.value)]
      if (a <= largestWholeOperand && b <= largestWholeOperand) {
        return new Bounded(value, 0, size, 1, true)
      }
    }
    return leaf(value, size * productRounding + minNormal)
  }

  const product = (x: Bounded, y: Bounded): Bounded => {
    const value = x.value * y.value
    const [ea, eb] = [error(x), error(y)]
    // Whatever may be infinite gives NaN even with a factor of 0.
    if (!Number.isFinite(ea + eb)) return leaf(value, Number.POSITIVE_INFINITY)
    if (isZero(x) || isZero(y)) return withError(value, 0)
    if (isUnit(x) && v === 0) return x.value > 0 ? y : negate(y)
    if (isUnit(y) && v === 0) return y.value > 0 ? x : negate(x)
    const [a, b] = [Math.abs(x.value), Math.abs(y.value)]
    if (ea === 0 && eb === 0 && x.whole && y.whole) {
      if (a <= largestWholeOperand && b <= largestWholeOperand && a * b <= largestWhole) {
        return withError(value, 0)
      }
    }
    const carried = a * eb + b * ea + ea * eb
    return leaf(value, carried + (a * b + carried) * productRounding + minNormal)
  }

  const divide = (x: Bounded, y: Bounded): Bounded => {
    const value = x.value / y.value
    const [ex, ey] = [error(x), error(y)]
    const least = Math.abs(y.value) - ey
    if (isZero(x) && least > 0) return withError(0, 0)
    if (!(least > 0)) return leaf(value, Number.POSITIVE_INFINITY)
    const carried = (ex + Math.abs(value) * ey) / least
    const most = Math.abs(value) + carried
    // The reciprocal of a divisor beyond 1 / 2^-126 underflows, and the quotient may be 0.
    const lost = Math.abs(y.value) + ey > 1 / minNormal ? most : 0
    return leaf(value, carried + profile.divide(most, ulp) + minNormal + lost)
  }

  const exp = (x: Bounded): Bounded => {
    const e = error(x)
    const value = Math.exp(x.value)
    // e^(x + e) − e^x. Where e is large, e^x may be 0 in double precision while e^(x + e) is not; the
    // sum x + e is then rounded, by less than 2^-43.
    const carried = e < 1 ? value * Math.expm1(e) : Math.exp(x.value + e) * (1 + 2 ** -42)
    const most = Math.abs(x.value) + e
    return leaf(value, carried + profile.exp(most, value + carried, ulp) + minNormal)
  }

  const log = (x: Bounded): Bounded => {
    const e = error(x)
    const value = Math.log(x.value)
    if (!(x.value - e > 0)) return leaf(value, Number.POSITIVE_INFINITY)
    const carried = -Math.log1p(-e / x.value)
    // The accuracy depends on the argument, of which only the ends and the middle are tried.
    const own = (at: number) => profile.log(at, Math.abs(value) + carried, ulp)
    const most = Math.max(own(x.value - e), own(x.value), own(x.value + e))
    return leaf(value, carried + most + minNormal)
  }

  const sqrt = (x: Bounded): Bounded => {
    const e = error(x)
    const value = Math.sqrt(x.value)
    // The root of a number that may be negative may be NaN.
    if (!(x.value - e >= 0)) return leaf(value, Number.POSITIVE_INFINITY)
    // √x − √(x − e) = e / (√x + √(x − e)).
    const carried = e === 0 ? 0 : e / (value + Math.sqrt(x.value - e))
    return leaf(value, carried + profile.sqrt(value + carried, ulp) + minNormal)
  }

  const tanh = (x: Bounded): Bounded => {
    const e = error(x)
    const value = Math.tanh(x.value)
    // The slope is largest nearest to 0: tanh(|x|) − tanh(|x| − e), or e across 0.
    const away = Math.abs(x.value)
    const carried =
      away > e
        ? Math.tanh(away) - Math.tanh(away - e) + 4 * 2 ** -53 * Math.tanh(away) * Math.sign(e)
        : e
    return leaf(value, carried + profile.tanh(away + e, Math.abs(value) + carried, ulp) + minNormal)
  }

  const power = (x: Bounded, y: Bounded): Bounded => {
    const [ex, ey] = [error(x), error(y)]
    const value = x.value ** y.value
    if (x.value === 0 && ex === 0 && y.value - ey > 0) return withError(0, 0)
    if (!(x.value - ex > 0) || !Number.isFinite(ey)) return leaf(value, Number.POSITIVE_INFINITY)
    // ln xʸ = y ln x, so its error is |y|·δ(ln x) + |ln x|·δy + δ(ln x)·δy.
    const logError = -Math.log1p(-ex / x.value)
    const logarithm = Math.log(x.value)
    const h = Math.abs(y.value) * logError + Math.abs(logarithm) * ey + logError * ey
    // As with the exponential, xʸ may be 0 in double precision where its end is not.
    const carried =
      h < 1 ? value * Math.expm1(h) : Math.exp(y.value * logarithm + h) * (1 + 2 ** -40)
    const most = Math.abs(y.value) + ey
    const own = (at: number) => profile.power(at, most, value + carried, ulp)
    const largest = Math.max(own(x.value - ex), own(x.value), own(x.value + ex))
    return leaf(value, carried + largest + minNormal)
  }

  const maximum = (terms: readonly Bounded[]): Bounded => {
    let largest = terms[0]!
    for (const x of terms) {
      if (Number.isNaN(x.value)) return x
      if (x.value > largest.value) largest = x
    }
    const own = error(largest)
    let reach = own
    // Only what may exceed the largest matters, and by how much it may. The distance is rounded once.
    for (const x of terms) {
      const off = error(x)
      if (off <= own) continue
      const apart = (largest.value - x.value) * (1 - 2 ** -52)
      reach = Math.max(reach, off === Number.POSITIVE_INFINITY ? off : off - apart)
    }
    return reach === own ? largest : leaf(largest.value, reach)
  }

  const less = (x: Bounded, y: Bounded): boolean => {
    const open = error(x) + error(y)
    if (open > 0 && !(Math.abs(x.value - y.value) > open)) {
      throw new Indeterminate(`${x.value} < ${y.value} is open within ${open}`)
    }
    return x.value < y.value
  }

  /** Each part of a sum is the largest of all: the error grows with every one of them. */
  const anyOf = (...evaluations: readonly (() => Bounded)[]): Bounded => {
    let { value, inherited, magnitude, terms, whole } = evaluations[0]!()
    for (let i = 1; i < evaluations.length; i++) {
      const other = evaluations[i]!()
      inherited = Math.max(inherited, other.inherited)
      magnitude = Math.max(magnitude, other.magnitude)
      terms = Math.max(terms, other.terms)
      whole = whole && other.whole
    }
    return new Bounded(value, inherited, magnitude, terms, whole)
  }

  const allows = (shortcut: Shortcut) => profile.shortcuts?.includes(shortcut) ?? false
  const transforms: Transforms<Bounded> = {
    norm: (numbers) => {
      let squares = 0
      for (const x of numbers) squares += (Math.abs(x.value) + error(x)) ** 2
      return Math.sqrt(squares) * (1 + 2 ** -40)
    },
    widen: ({ value, inherited, magnitude, terms }, [image, filter], size) => {
      const share = normwiseConstant(size) * u
      // What underflows or overflows on the way is worth up to 512 times itself in the response.
      const [largest, products] = [512 * (image + filter + image * filter), size.channels]
      const own =
        (share / (1 - share)) * image * filter + 512 * products * minNormal * (1 + largest)
      const off = share < 1 && largest < max ? own : Number.POSITIVE_INFINITY
      return new Bounded(value, inherited + off, magnitude + off, Math.max(terms, 1), false)
    },
  }

  const normwise = (value: number, roundings: number, norm: number, apart = 0): Bounded => {
    const share = roundings * productRounding
    // What is flushed to zero on the way is worth as much as so many of the smallest numbers.
    const own = (share / (1 - share)) * norm + roundings * minNormal
    return leaf(value, share < 1 ? own + apart : Number.POSITIVE_INFINITY)
  }

  return {
    name: 'bounded',
    precision,
    profile,
    exact,
    toNumber: (x) => x.value,
    error,
    overflows: () => overflows,
    add,
    subtract: (x, y) => add(x, negate(y)),
    multiply,
    divide,
    negate,
    abs: (x) => (x.value < 0 ? negate(x) : x),
    total: (terms) => {
      const open = accumulator()
      for (const term of terms) open.add(term)
      return open.total()
    },
    accumulator,
    maximum,
    exp,
    log,
    sqrt,
    tanh,
    power,
    less,
    anyOf,
    normwise,
    allows,
    ...(allows('convolution by transforms') ? { transforms } : {}),
  }
}
