import type { Accumulator, Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { number } from '../../reference/arithmetic/number.ts'

/**
 * Arithmetics in which people evaluate formulas, right and wrong ones: any formula of the reference
 * can be computed in each.
 */

export type Round = (x: number) => number
export const single: Round = Math.fround

/** The nearest number with so many bits of significand, in the exponents of doubles. */
export function toBits(bits: number): Round {
  return (x) => {
    if (x === 0 || !Number.isFinite(x)) return x
    const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - bits + 1)
    return Math.round(x / step) * step
  }
}

/** Towards zero instead of to the nearest, as a cut-off significand is. */
export function cutToBits(bits: number): Round {
  return (x) => {
    if (x === 0 || !Number.isFinite(x)) return x
    const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - bits + 1)
    return Math.trunc(x / step) * step
  }
}

const halfBits = toBits(11)

/** IEEE half precision, which ends at 65504 and, below 2^-14, has steps of 2^-24. */
export function half(x: number): number {
  if (Math.abs(x) < 2 ** -14) return Math.round(x * 2 ** 24) * 2 ** -24
  const rounded = halfBits(x)
  return Math.abs(rounded) > 65504 ? Math.sign(x) * Number.POSITIVE_INFINITY : rounded
}

/** As many exponents as single precision, and 8 bits. */
export const bfloat: Round = toBits(8)

/** Subnormals of single precision count as zero. */
export function flushed(x: number): number {
  const rounded = single(x)
  return Math.abs(rounded) < 2 ** -126 ? 0 : rounded
}

/** How the terms of a sum become one number. */
export type Adding = (terms: readonly number[]) => number

/** One after the other, each partial sum rounded. */
export const inOrder =
  (round: Round): Adding =>
  (terms) =>
    terms.reduce((sum, term) => round(sum + term), 0)

/** From the last term to the first. */
export const backwards =
  (round: Round): Adding =>
  (terms) =>
    terms.reduceRight((sum, term) => round(sum + term), 0)

/** Halves first, each in the same way. */
export const pairwise =
  (round: Round): Adding =>
  (terms) => {
    const add = (from: number, to: number): number => {
      if (to - from <= 1) return from < to ? terms[from] : 0
      const middle = (from + to) >> 1
      return round(add(from, middle) + add(middle, to))
    }
    return add(0, terms.length)
  }

/** As many partial sums as a vector has lanes, then the lanes. */
export const inLanes =
  (lanes: number, round: Round): Adding =>
  (terms) => {
    const sums = new Array<number>(lanes).fill(0)
    terms.forEach((term, i) => {
      sums[i % lanes] = round(sums[i % lanes] + term)
    })
    return sums.reduce((sum, lane) => round(sum + lane), 0)
  }

/** Kahan (1965): what each addition lost is added to the next term. */
export const compensated =
  (round: Round): Adding =>
  (terms) => {
    let [sum, lost] = [0, 0]
    for (const term of terms) {
      const next = round(term - lost)
      const total = round(sum + next)
      lost = round(round(total - sum) - next)
      sum = total
    }
    return sum
  }

/** The terms in the order of their sizes, from the smallest. */
export const sorted =
  (round: Round): Adding =>
  (terms) =>
    inOrder(round)(terms.toSorted((a, b) => Math.abs(a) - Math.abs(b)))

class Gathering implements Accumulator<number> {
  readonly #terms: number[] = []

  constructor(readonly adding: Adding) {}

  add(term: number): void {
    this.#terms.push(term)
  }

  total(): number {
    return this.adding(this.#terms)
  }
}

/** What of doubles is done otherwise. */
export interface Otherwise extends Partial<Arithmetic<number>> {
  /** Applied to the result of every step. */
  readonly round?: Round
  readonly adding?: Adding
}

/** Every step rounded, sums in an order of their own, and some functions in other ways. */
export function arithmetic({ round = single, adding, ...others }: Otherwise): Arithmetic<number> {
  const sums = adding ?? inOrder(round)
  const stepwise: Partial<Arithmetic<number>> = {
    add: (x, y) => round(x + y),
    subtract: (x, y) => round(x - y),
    multiply: (x, y) => round(x * y),
    divide: (x, y) => round(x / y),
    exp: (x) => round(Math.exp(x)),
    log: (x) => round(Math.log(x)),
    sqrt: (x) => round(Math.sqrt(x)),
    tanh: (x) => round(Math.tanh(x)),
    power: (x, y) => round(x ** y),
    exact: round,
    total: (terms) => sums([...terms]),
    accumulator: () => new Gathering(sums),
  }
  return { ...number, ...stepwise, ...others }
}

/** Doubles in which some functions differ. */
export function doubles(others: Partial<Arithmetic<number>>): Arithmetic<number> {
  // A sum that makes no products would go round a multiplication that differs.
  const { accumulator: _, ...plain } = number
  return { ...plain, ...others }
}

/** Doubles in which sums alone are carried out otherwise. */
export function summing(adding: Adding): Arithmetic<number> {
  return doubles({ total: (terms) => adding([...terms]), accumulator: () => new Gathering(adding) })
}

/** Doubles in which the factors of a product are rounded first. */
export function multiplying(round: Round): Arithmetic<number> {
  return doubles({ multiply: (x, y) => round(x) * round(y) })
}
