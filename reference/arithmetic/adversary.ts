import { AdversaryProgram, codes } from './adversary-program.ts'
import type { Arithmetic } from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'

/** How an adversary goes about it. */
export interface Tactics {
  /**
   * The order of sums: one after the other, backwards, or pairwise; at once means that a sum is off by
   * γ(n − 1) Σ|term|, the most that any order can make of it.
   */
  readonly order: 'forwards' | 'backwards' | 'pairwise' | 'at once'
  /** Whether a product is added without being rounded. */
  readonly fused: boolean
  /** Whether a number is rounded anew at each use, or once for all of them. */
  readonly anew: boolean
  /** Which of several ways to compute a number is taken. */
  readonly choose: (count: number) => number
}

/** A number of the adversary, by the instruction that computes it. */
export interface Hostile {
  readonly at: number
  /** Of what is exactly known, or off only by how the format holds it; `null` of anything computed. */
  readonly known: number | null
  /** Whether it is exactly known and whole. */
  readonly whole: boolean
  /** Of a product, which may be added without rounding. */
  readonly product: boolean
  /** Of a sum that is still open: how many terms it has. */
  readonly terms: number
  rounded?: Hostile
}

export interface AdversaryArithmetic extends Arithmetic<Hostile> {
  /** What was computed, which can be run again with other errors. */
  readonly program: AdversaryProgram
  /** The instruction that holds a number as it is when it is used. */
  outputOf(x: Hostile): number
}

/**
 * Arithmetic that is as wrong as bounds allow: every operation is off by its full share, in the
 * direction that its program is told when it is run. Values are doubles, so that precision is 2^-53 short
 * of exact, which bounds allow for; what is exact in every implementation (whole numbers, zeros, factors
 * ±1) stays so.
 */
export function adversary(
  precision: Precision,
  profile: AccuracyProfile,
  { order, fused, anew, choose }: Tactics,
): AdversaryArithmetic {
  const { bits, operandBits } = formats[precision]
  const u = profile.rounding * 2 ** (1 - bits)
  const [largest, largestOperand] = [2 ** bits, 2 ** operandBits]
  const keepsFactors = operandBits === bits
  const program = new AdversaryProgram(precision, profile)

  const computed = (at: number, more: Partial<Hostile> = {}): Hostile => ({
    at,
    known: null,
    whole: false,
    product: false,
    terms: 1,
    ...more,
  })
  const exactly = (value: number): Hostile =>
    computed(program.known(value, 0), { known: value, whole: Number.isInteger(value) })
  const isZero = (x: Hostile) => x.known === 0
  const numberIn = (x: Hostile) => program.value[x.at]!

  const roundedAnew = (x: Hostile): Hostile => computed(program.push(codes.round, x.at))
  /** A number as it is when it is used. */
  const used = (x: Hostile): Hostile => {
    if (program.allowed(x.at) === 0) return x
    if (anew) return roundedAnew(x)
    x.rounded ??= roundedAnew(x)
    return x.rounded
  }

  /** A number as it enters a sum: an open sum and a fused product without being rounded. */
  const asTerm = (x: Hostile, unrounded: boolean): Hostile =>
    unrounded || x.terms > 1 ? x : used(x)

  const plus = (first: Hostile, second: Hostile): Hostile => {
    const x = asTerm(first, fused && first.product)
    const y = asTerm(second, false)
    if (isZero(x)) return y
    if (isZero(y)) return x
    if (x.whole && y.whole && Math.abs(x.known! + y.known!) <= largest) {
      return exactly(x.known! + y.known!)
    }
    if (order !== 'at once') return computed(program.push(codes.add, x.at, y.at))
    const terms = x.terms + y.terms
    return computed(program.push(codes.gather, x.at, y.at, terms), { terms })
  }
  const pairwise = (terms: readonly Hostile[]): Hostile => {
    if (terms.length < 3) return terms.reduce(plus)
    const half = terms.length >> 1
    return plus(pairwise(terms.slice(0, half)), pairwise(terms.slice(half)))
  }
  const total = (terms: Iterable<Hostile>): Hostile => {
    const all = [...terms]
    if (all.length === 0) return exactly(0)
    if (order === 'pairwise') return pairwise(all)
    return (order === 'backwards' ? all.reverse() : all).reduce((sum, x) => plus(x, sum))
  }
  const opposite = (x: Hostile): Hostile => {
    if (x.known !== null && program.allowed(x.at) === 0) return exactly(-x.known)
    const { whole, product, terms, rounded } = x
    return computed(program.push(codes.negate, x.at), {
      whole,
      product,
      terms,
      ...(rounded && { rounded: opposite(rounded) }),
    })
  }

  const multiply = (first: Hostile, second: Hostile): Hostile => {
    const [x, y] = [used(first), used(second)]
    if (isZero(x) || isZero(y)) return exactly(0)
    for (const [a, b] of [
      [x, y],
      [y, x],
    ] as const) {
      if (!keepsFactors) continue
      if (a.known === 1) return b
      if (a.known === -1) return opposite(b)
    }
    if (x.whole && y.whole) {
      const [a, b] = [Math.abs(x.known!), Math.abs(y.known!)]
      const keeps = a <= largestOperand && b <= largestOperand && a * b <= largest
      if (keeps) return exactly(x.known! * y.known!)
    }
    return computed(program.push(codes.multiply, x.at, y.at), { product: keepsFactors })
  }

  const of = (code: (typeof codes)[keyof typeof codes]) => (x: Hostile) =>
    computed(program.push(code, used(x).at))
  /** What is exactly known stays so where it is the larger one, as the zeros of a rectifier. */
  const largerOf = (x: Hostile, y: Hostile): Hostile => {
    if (x.known !== null && y.known !== null) return y.known > x.known ? y : x
    if (x.known !== null && program.less(y.at, x.at, false)) return x
    if (y.known !== null && program.less(x.at, y.at, false)) return y
    return computed(program.push(codes.maximum, x.at, y.at))
  }

  return {
    name: 'number',
    program,
    outputOf: (x) => used(x).at,
    exact: (value) => {
      const held = roundTo(precision, value) === value
      if (held) return exactly(value)
      return computed(program.known(value, u * value), {})
    },
    toNumber: (x) => numberIn(used(x)),
    add: plus,
    subtract: (x, y) => plus(x, opposite(y)),
    multiply,
    divide: (first, second) => {
      const [x, y] = [used(first), used(second)]
      if (isZero(x) && numberIn(y) !== 0) return exactly(0)
      return computed(program.push(codes.divide, x.at, y.at))
    },
    negate: opposite,
    abs: (x) => {
      const one = used(x)
      return one.known === null ? of(codes.abs)(one) : exactly(Math.abs(one.known))
    },
    total,
    maximum: (terms) => terms.map(used).reduce(largerOf),
    exp: of(codes.exp),
    log: of(codes.log),
    sqrt: of(codes.sqrt),
    tanh: of(codes.tanh),
    power: (first, second) => {
      const [x, y] = [used(first), used(second)]
      if (isZero(x) && numberIn(y) > 0) return exactly(0)
      return computed(program.push(codes.power, x.at, y.at))
    },
    less: (x, y) => program.less(used(x).at, used(y).at, true),
    again: (computed, compute) => (choose(2) === 0 ? computed : compute()),
    anyOf: (...evaluations) => evaluations[choose(evaluations.length)]!(),
    allows: (shortcut) => profile.shortcuts?.includes(shortcut) ?? false,
  }
}
