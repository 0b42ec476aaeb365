import type { Arithmetic } from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'

// An error that is stated in absolute terms leaves no room for the rounding of the doubles themselves.
const nearly = 1 - 2 ** -30

/** How an adversary goes about it. */
export interface Tactics {
  /** In which direction each rounding errs, −1, 0 or 1, by its number in the order of events. */
  readonly sign: (rounding: number) => number
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

/** A number of the adversary: as an operation leaves it, and what rounding may add. */
export interface Hostile {
  readonly value: number
  readonly allowed: number
  readonly node: number
  /** Whether it is exactly known and whole. */
  readonly whole: boolean
  /** Of a product, which may be added without rounding. */
  readonly product: boolean
  /** Of a sum that is still open: how many terms it has, and the sum of their magnitudes. */
  readonly terms: number
  readonly magnitude: number
  rounded?: Hostile
}

export interface AdversaryArithmetic extends Arithmetic<Hostile> {
  /** How often it has rounded so far. */
  roundings(): number
  /** What each rounding so far is worth in an output: the output's derivative by it. */
  adjoints(output: Hostile): Float64Array
}

/**
 * Arithmetic that is as wrong as bounds allow: every operation is off by its full share, in the
 * direction that it is told. Values are doubles, so that precision is 2^-53 short of exact, which
 * bounds allow for; what is exact in every implementation (whole numbers, zeros, factors ±1) stays so.
 */
export function adversary(
  precision: Precision,
  profile: AccuracyProfile,
  { sign, order, fused, anew, choose }: Tactics,
): AdversaryArithmetic {
  const { bits, operandBits } = formats[precision]
  const ulp = 2 ** (1 - bits)
  const u = profile.rounding * ulp
  const v = operandBits === bits ? 0 : 2 ** -operandBits
  const operands: (readonly (readonly [node: number, slope: number])[])[] = []
  const roundingOf: number[] = []
  let roundings = 0

  const record = (of: readonly (readonly [Hostile, number])[]): number => {
    const known = of.filter(([x]) => x.node >= 0).map(([x, slope]) => [x.node, slope] as const)
    if (known.length === 0) return -1
    roundingOf.push(-1)
    return operands.push(known) - 1
  }
  const hostile = (value: number, allowed: number, node = -1): Hostile => ({
    value,
    allowed: value === 0 ? 0 : Math.abs(allowed) * nearly,
    node,
    whole: false,
    product: false,
    terms: 1,
    magnitude: Math.abs(value),
  })
  const known = (value: number): Hostile => ({ ...hostile(value, 0), whole: true })

  const isZero = (x: Hostile) => x.value === 0 && x.node < 0 && x.allowed === 0

  const roundedAnew = (x: Hostile): Hostile => {
    const rounding = roundings++
    const node = operands.push(x.node < 0 ? [] : [[x.node, 1]]) - 1
    roundingOf.push(rounding)
    return hostile(x.value + sign(rounding) * x.allowed, 0, node)
  }
  /** A number as it is when it is used. */
  const used = (x: Hostile): Hostile => {
    if (x.allowed === 0) return x
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
    const value = x.value + y.value
    if (x.whole && y.whole && Math.abs(value) <= 2 ** bits) return known(value)
    const node = record([
      [x, 1],
      [y, 1],
    ])
    if (order !== 'at once') return hostile(value, u * value, node)
    const [terms, magnitude] = [x.terms + y.terms, x.magnitude + y.magnitude]
    const n = terms - 1
    const most = n * u < 1 ? ((n * u) / (1 - n * u)) * magnitude : 0
    return { ...hostile(value, most, node), allowed: most * nearly, terms, magnitude }
  }
  const pairwise = (terms: readonly Hostile[]): Hostile => {
    if (terms.length < 3) return terms.reduce(plus)
    const half = terms.length >> 1
    return plus(pairwise(terms.slice(0, half)), pairwise(terms.slice(half)))
  }
  const total = (terms: Iterable<Hostile>): Hostile => {
    const all = [...terms]
    if (all.length === 0) return known(0)
    if (order === 'pairwise') return pairwise(all)
    return (order === 'backwards' ? all.reverse() : all).reduce((sum, x) => plus(x, sum))
  }
  const opposite = (x: Hostile): Hostile => ({
    value: -x.value,
    allowed: x.allowed,
    node: record([[x, -1]]),
    whole: x.whole,
    product: x.product,
    terms: x.terms,
    magnitude: x.magnitude,
    ...(x.rounded === undefined ? {} : { rounded: opposite(x.rounded) }),
  })

  const multiply = (first: Hostile, second: Hostile): Hostile => {
    const [x, y] = [used(first), used(second)]
    const value = x.value * y.value
    if (isZero(x) || isZero(y)) return known(0)
    for (const [a, b] of [
      [x, y],
      [y, x],
    ] as const) {
      if (a.node >= 0 || v > 0) continue
      if (a.value === 1) return b
      if (a.value === -1) return opposite(b)
    }
    const [a, b] = [Math.abs(x.value), Math.abs(y.value)]
    if (
      x.whole &&
      y.whole &&
      a <= 2 ** operandBits &&
      b <= 2 ** operandBits &&
      a * b <= 2 ** bits
    ) {
      return known(value)
    }
    const node = record([
      [x, y.value],
      [y, x.value],
    ])
    // Operands that are rounded first are off whether the product is rounded or not.
    return { ...hostile(value, (u + (2 * v + v * v) * (1 + u)) * value, node), product: v === 0 }
  }

  /** A function of one number. */
  const applied = (
    operand: Hostile,
    f: (x: number) => number,
    slope: (x: number, y: number) => number,
    allowed: (x: number, y: number) => number,
  ): Hostile => {
    const x = used(operand)
    const y = f(x.value)
    return hostile(y, allowed(x.value, y), record([[x, slope(x.value, y)]]))
  }

  return {
    name: 'number',
    exact: (value) => {
      const held = roundTo(precision, value) === value
      return { ...hostile(value, held ? 0 : u * value), whole: held && Number.isInteger(value) }
    },
    toNumber: (x) => used(x).value,
    add: plus,
    subtract: (x, y) => plus(x, opposite(y)),
    multiply,
    divide: (first, second) => {
      const [x, y] = [used(first), used(second)]
      if (isZero(x) && y.value !== 0) return known(0)
      const value = x.value / y.value
      const node = record([
        [x, 1 / y.value],
        [y, -value / y.value],
      ])
      return hostile(value, profile.divide(value, ulp), node)
    },
    negate: opposite,
    abs: (x) => {
      const one = used(x)
      return one.value < 0 ? opposite(one) : one
    },
    total,
    maximum: (terms) => terms.map(used).reduce((x, y) => (y.value > x.value ? y : x)),
    exp: (x) =>
      applied(
        x,
        Math.exp,
        (_, y) => y,
        (x, y) => profile.exp(Math.abs(x), y, ulp),
      ),
    log: (x) =>
      applied(
        x,
        Math.log,
        (x) => 1 / x,
        (x, y) => profile.log(x, y, ulp),
      ),
    sqrt: (x) =>
      applied(
        x,
        Math.sqrt,
        (_, y) => 0.5 / y,
        (_, y) => profile.sqrt(y, ulp),
      ),
    tanh: (x) =>
      applied(
        x,
        Math.tanh,
        (_, y) => 1 - y * y,
        (x, y) => profile.tanh(Math.abs(x), y, ulp),
      ),
    power: (first, second) => {
      const [x, y] = [used(first), used(second)]
      if (isZero(x) && y.value > 0) return known(0)
      const value = x.value ** y.value
      const node = record([
        [x, (value * y.value) / x.value],
        [y, value * Math.log(x.value)],
      ])
      return hostile(value, profile.power(x.value, Math.abs(y.value), value, ulp), node)
    },
    less: (x, y) => used(x).value < used(y).value,
    again: (computed, compute) => (choose(2) === 0 ? computed : compute()),
    anyOf: (...evaluations) => evaluations[choose(evaluations.length)]!(),
    allows: (shortcut) => profile.shortcuts?.includes(shortcut) ?? false,

    roundings: () => roundings,
    adjoints: (output) => {
      const last = used(output)
      const worth = new Float64Array(roundings)
      const adjoint = new Float64Array(operands.length)
      if (last.node >= 0) adjoint[last.node] = 1
      for (let i = last.node; i >= 0; i--) {
        if (roundingOf[i]! >= 0) worth[roundingOf[i]!]! += adjoint[i]!
        // A slope that is infinite, as that of √0, or not a number, tells no direction.
        for (const [operand, slope] of operands[i]!) {
          const more = slope * adjoint[i]!
          if (Number.isFinite(more)) adjoint[operand]! += more
        }
      }
      return worth
    },
  }
}
