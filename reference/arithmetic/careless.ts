import type { Arithmetic, Shortcut } from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'

/** A number of a narrow format. A product remembers what it was before rounding, for a fused addition. */
export interface Careless {
  readonly value: number
  readonly unrounded: number
}

/**
 * Arithmetic as an implementation may do it, with every freedom that bounds must allow for.
 *
 * Each result is rounded to the format. Terms are added in random order, pairwise or one by one, with
 * or without fused multiply-add; a quotient may be a product with the reciprocal; subnormal numbers
 * may become zero, or be compared as if they were; elementary functions are off by up to `ulps` units
 * in the last place. Of several ways to compute a number it takes any.
 *
 * @param random numbers in [0, 1)
 */
export function careless(
  precision: Precision,
  random: () => number,
  { ulps = 3, shortcuts = [] }: { ulps?: number; shortcuts?: readonly Shortcut[] } = {},
): Arithmetic<Careless> {
  const { bits, operandBits, minNormal } = formats[precision]
  const chance = () => random() < 0.5

  const rounded = (x: number) => {
    const nearest = roundTo(precision, x)
    return Math.abs(nearest) < minNormal && chance() ? 0 : nearest
  }
  const plain = (x: number): Careless => ({ value: x, unrounded: x })
  const result = (x: number) => plain(rounded(x))
  /** As TF32 does with the operands of a product: eleven bits, ties away from zero. */
  const operand = (x: number) => {
    if (operandBits === bits || x === 0 || !Number.isFinite(x)) return x
    const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - operandBits + 1)
    return Math.sign(x) * Math.floor(Math.abs(x) / step + 0.5) * step
  }
  const off = (x: number) => result(x * (1 + (2 * random() - 1) * ulps * 2 ** (1 - bits)))

  /** Compares what may be read as 0, and gives what was to be read. */
  const largestOf = (values: readonly number[]) => {
    const read = values.map((x) => (Math.abs(x) < minNormal && chance() ? 0 : x))
    const largest = Math.max(...read)
    const places = [...read.keys()].filter((i) => read[i] === largest)
    return Number.isNaN(largest) ? largest : values[places[Math.floor(random() * places.length)]!]!
  }

  const plus = (x: Careless, y: Careless): Careless =>
    result(chance() ? x.unrounded + y.value : x.value + (chance() ? y.unrounded : y.value))

  /** Takes two of the terms at a time, the latest sum among them or not, until one is left. */
  const total = (terms: Iterable<Careless>): Careless => {
    const open = [...terms]
    const oneByOne = chance()
    const take = () => open.splice(Math.floor(random() * open.length), 1)[0]!
    let sum = open.length > 0 ? take() : plain(0)
    while (open.length > 0) {
      const next = take()
      // One sum is left at the end: a partial one goes back among the others.
      if (!oneByOne && open.length > 0 && chance()) {
        open.push(sum)
        sum = next
      } else sum = plus(sum, next)
    }
    return sum
  }

  return {
    name: 'number',
    exact: result,
    toNumber: ({ value }) => value,
    add: plus,
    subtract: (x, y) => plus(x, { value: -y.value, unrounded: -y.unrounded }),
    multiply: (x, y) => {
      const unrounded = operand(x.value) * operand(y.value)
      return { value: rounded(unrounded), unrounded }
    },
    divide: (x, y) =>
      chance() ? result(x.value / y.value) : result(x.value * rounded(1 / y.value)),
    negate: (x) => ({ value: -x.value, unrounded: -x.unrounded }),
    abs: (x) => plain(Math.abs(x.value)),
    total,
    maximum: (terms) => plain(largestOf(terms.map(({ value }) => value))),
    exp: (x) => off(Math.exp(x.value)),
    log: (x) => off(Math.log(x.value)),
    sqrt: (x) => result(Math.sqrt(x.value)),
    tanh: (x) => off(Math.tanh(x.value)),
    power: (x, y) => off(x.value ** y.value),
    less: (x, y) => x.value < y.value,
    again: (computed, compute) => (chance() ? computed : compute()),
    anyOf: (...evaluations) => evaluations[Math.floor(random() * evaluations.length)]!(),
    allows: (shortcut) => shortcuts.includes(shortcut),
  }
}
