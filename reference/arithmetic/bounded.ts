import type { Accumulator, Arithmetic, Shortcut, Transforms } from './arithmetic.ts'
import { isUndecided, undecided } from './decision.ts'
import {
  changeOfExponential,
  changeOfLogarithm,
  changeOfPower,
  changeOfProduct,
  changeOfQuotient,
  changeOfRoot,
  changeOfTanh,
} from './largest-change.ts'
import { countedTerms, type LocalErrors, localErrors, normOf } from './local-error.ts'
import type { Precision } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'

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

/** A sum that is still open: all parts of its terms are added up. */
class Sum implements Accumulator<Bounded> {
  #value = 0
  #inherited = 0
  #magnitude = 0
  #terms = 0
  #zeros = false
  #whole = true

  constructor(
    readonly errors: LocalErrors,
    readonly multiply: (x: Bounded, y: Bounded) => Bounded,
  ) {}

  add({ value, inherited, magnitude, terms, whole }: Bounded): void {
    this.#value += value
    this.#inherited += inherited
    this.#magnitude += magnitude
    if (terms === 0) this.#zeros = true
    else this.#terms += terms
    this.#whole = this.#whole && whole
  }

  /** What `add` makes of the product; one of two numbers that are known, and neither 0 nor ±1, is not made. */
  addProduct(x: Bounded, y: Bounded): void {
    const { errors } = this
    const isKnown = x.inherited === 0 && y.inherited === 0 && x.terms === 1 && y.terms === 1
    const value = x.value * y.value
    const size = Math.abs(value)
    const isUnit = size === Math.abs(x.value) || size === Math.abs(y.value)
    const isWhole = x.whole && y.whole && errors.keepsWhole(x.value, y.value)
    const off = isWhole ? 0 : errors.product(size)
    if (!isKnown || (isUnit && errors.keepsFactors) || !(size + off <= errors.max)) {
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
    const terms = countedTerms(this.#terms, this.#zeros)
    return new Bounded(this.#value, this.#inherited, this.#magnitude, terms, this.#whole)
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
  /** A number as an implementation may have it that returned it, perhaps with fewer digits. */
  returned(value: number): Bounded
  /** How many finite numbers have been met so far that an implementation may hold for infinite. */
  overflows(): number
}

/**
 * Arithmetic that derives the tolerance from the code that computes the formula.
 *
 * Products, quotients and elementary functions carry the error of their operands exactly
 * (`largest-change.ts`, the product of two errors included) and add their own (`local-error.ts`). Where a
 * number may overflow, or its argument may leave the domain of a function, the bound is infinite: nothing
 * can be said. Whole numbers that are exactly known stay exact as long as no sum exceeds 2^bits.
 */
export function bounded(precision: Precision, profile: AccuracyProfile): BoundedArithmetic {
  let overflows = 0
  const overflow = (): number => {
    overflows++
    return Number.POSITIVE_INFINITY
  }
  const errors = localErrors(precision, profile, overflow)

  const error = (x: Bounded): number =>
    x.terms <= 1 ? x.inherited : x.inherited + errors.sum(x.terms, x.magnitude, x.whole)
  const leaf = (value: number, inherited: number): Bounded => {
    const size = Math.abs(value) + inherited
    const beyond = size > errors.max && Number.isFinite(value)
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
    const off = errors.held(value)
    // Zero, and NaN, which is exactly that: an answer of NaN is as certain as any other.
    if (off > 0 || !(Math.abs(value) > 0)) return leaf(value, off)
    return new Bounded(value, 0, Math.abs(value), 1, Number.isInteger(value))
  }

  const add = (x: Bounded, y: Bounded): Bounded =>
    new Bounded(
      x.value + y.value,
      x.inherited + y.inherited,
      x.magnitude + y.magnitude,
      countedTerms(x.terms + y.terms, x.terms === 0 || y.terms === 0),
      x.whole && y.whole,
    )

  const negate = (x: Bounded): Bounded =>
    new Bounded(-x.value, x.inherited, x.magnitude, x.terms, x.whole)

  /** Whether a number is exactly known, and one number rather than a sum of several. */
  const isKnown = (x: Bounded) => x.inherited === 0 && x.terms <= 1

  const multiply = (x: Bounded, y: Bounded): Bounded =>
    isKnown(x) && isKnown(y) ? productOfKnown(x, y) : product(x, y)

  const accumulator = () => new Sum(errors, multiply)

  /** Nearly all products are of two elements of inputs; the same as `product` for them. */
  const productOfKnown = (x: Bounded, y: Bounded): Bounded => {
    const value = x.value * y.value
    const size = Math.abs(value)
    if (x.terms === 0 || y.terms === 0) return withError(value, 0)
    if (errors.keepsFactors) {
      if (x.value === 1) return y
      if (y.value === 1) return x
      if (x.value === -1) return negate(y)
      if (y.value === -1) return negate(x)
    }
    if (x.whole && y.whole && errors.keepsWhole(x.value, y.value)) {
      return new Bounded(value, 0, size, 1, true)
    }
    return leaf(value, errors.product(size))
  }

  const product = (x: Bounded, y: Bounded): Bounded => {
    const value = x.value * y.value
    const [ex, ey] = [error(x), error(y)]
    // Whatever may be infinite gives NaN even with a factor of 0.
    if (!Number.isFinite(ex + ey)) return leaf(value, Number.POSITIVE_INFINITY)
    if (isZero(x) || isZero(y)) return withError(value, 0)
    if (isUnit(x) && errors.keepsFactors) return x.value > 0 ? y : negate(y)
    if (isUnit(y) && errors.keepsFactors) return y.value > 0 ? x : negate(x)
    const isWhole = ex === 0 && ey === 0 && x.whole && y.whole
    if (isWhole && errors.keepsWhole(x.value, y.value)) return withError(value, 0)
    const change = changeOfProduct(x.value, y.value, ex, ey)
    return leaf(value, change + errors.product(Math.abs(value) + change))
  }

  const divide = (x: Bounded, y: Bounded): Bounded => {
    const value = x.value / y.value
    const [ex, ey] = [error(x), error(y)]
    if (isZero(x) && Math.abs(y.value) - ey > 0) return withError(0, 0)
    const change = changeOfQuotient(x.value, y.value, ex, ey)
    const own = errors.quotient(Math.abs(value) + change, Math.abs(y.value) + ey)
    return leaf(value, change + own)
  }

  const exp = (x: Bounded): Bounded => {
    const [value, e] = [Math.exp(x.value), error(x)]
    const change = changeOfExponential(x.value, e)
    return leaf(value, change + errors.exponential(Math.abs(x.value) + e, value + change))
  }

  const log = (x: Bounded): Bounded => {
    const [value, e] = [Math.log(x.value), error(x)]
    const change = changeOfLogarithm(x.value, e)
    return leaf(value, change + errors.logarithm(x.value, e, Math.abs(value) + change))
  }

  const sqrt = (x: Bounded): Bounded => {
    const value = Math.sqrt(x.value)
    const change = changeOfRoot(x.value, error(x))
    return leaf(value, change + errors.root(value + change))
  }

  const tanh = (x: Bounded): Bounded => {
    const [value, e] = [Math.tanh(x.value), error(x)]
    const change = changeOfTanh(x.value, e)
    return leaf(value, change + errors.tanh(Math.abs(x.value) + e, Math.abs(value) + change))
  }

  const power = (x: Bounded, y: Bounded): Bounded => {
    const [ex, ey] = [error(x), error(y)]
    const value = x.value ** y.value
    if (x.value === 0 && ex === 0 && y.value - ey > 0) return withError(0, 0)
    const change = changeOfPower(x.value, y.value, ex, ey)
    const own = errors.power(x.value, ex, Math.abs(y.value) + ey, value + change)
    return leaf(value, change + own)
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
    if (Math.abs(largest.value) - own < errors.minNormal) {
      for (const x of terms) {
        reach = Math.max(reach, errors.mistaken(largest.value, own, x.value, error(x)))
      }
    }
    return reach === own ? largest : leaf(largest.value, reach)
  }

  const less = (x: Bounded, y: Bounded): boolean => {
    const off = error(x) + error(y)
    if (isUndecided(x.value, y.value, off)) throw undecided(x.value, y.value, off)
    return x.value < y.value
  }

  /**
   * Each part of a sum is the largest of all: the error grows with every one of them. What another gives elsewhere, such
   * as what is left of 1 after a rounding, is as far off as that.
   */
  const anyOf = (...evaluations: readonly (() => Bounded)[]): Bounded => {
    let { value, inherited, magnitude, terms, whole } = evaluations[0]!()
    for (let i = 1; i < evaluations.length; i++) {
      const other = evaluations[i]!()
      const apart = Object.is(other.value, value) ? 0 : Math.abs(other.value - value)
      inherited = Math.max(inherited, other.inherited + apart)
      magnitude = Math.max(magnitude, other.magnitude)
      terms = Math.max(terms, other.terms)
      whole = whole && other.whole && apart === 0
    }
    return new Bounded(value, inherited, magnitude, terms, whole)
  }

  const allows = (shortcut: Shortcut) => profile.shortcuts?.includes(shortcut) ?? false
  const transforms: Transforms<Bounded> = {
    norm: (numbers) => {
      const magnitudes: number[] = []
      for (const x of numbers) magnitudes.push(Math.abs(x.value) + error(x))
      return normOf(magnitudes)
    },
    widen: ({ value, inherited, magnitude, terms }, norms, size) => {
      const off = errors.transformed(norms, size)
      return new Bounded(value, inherited + off, magnitude + off, Math.max(terms, 1), false)
    },
  }

  return {
    name: 'bounded',
    precision,
    profile,
    exact,
    toNumber: (x) => x.value,
    error,
    returned: (value) => withError(value, errors.returned(value)),
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
    normwise: (value, roundings, norm, apart = 0) =>
      leaf(value, errors.normwise(roundings, norm, apart)),
    allows,
    ...(profile.decomposition !== undefined && { decomposition: profile.decomposition }),
    ...(allows('convolution by transforms') ? { transforms } : {}),
  }
}
