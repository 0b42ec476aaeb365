import type { LocalErrors } from './local-error.ts'
import type { Expansion } from './remainder.ts'
import type { TapeRecord } from './tape-record.ts'
import { Taped } from './tape-value.ts'

/** Covers the rounding of the limits themselves: 2^-53 for each of fewer than 2^22 additions on the way. */
const roundedUp = 1 + 2 ** -30

/** Taylor's remainder is worth a sweep where it is more than this share of what rounding costs. */
const worthASweep = 0.1

/** How errors pass from the operands of an operation to its result. */
export function propagation(record: TapeRecord, errors: LocalErrors) {
  /** What a number is off beside its node, at any one use. */
  const local = (x: Taped): number => x.own + errors.sum(x.terms, x.magnitude + x.spread, x.whole)
  const carriedBy = (x: Taped): number =>
    x.node < 0 ? 0 : Math.abs(x.slope) * record.reach(x.node)
  /** An upper limit of the whole error, as far as it is known without another sweep. */
  const off = (x: Taped): number => (carriedBy(x) + local(x)) * roundedUp
  const tighten = (x: Taped): void => {
    if (x.node >= 0) record.tighten(x.node)
  }

  /** A number of one term. */
  const single = (value: number, node: number, slope: number, own: number): Taped => {
    const error = (node < 0 ? 0 : Math.abs(slope) * record.reach(node)) + own
    const size = Math.abs(value)
    const open = Number.isNaN(error) || (size + error > errors.max && Number.isFinite(value))
    if (open || error === Number.POSITIVE_INFINITY) {
      const nothing = Number.POSITIVE_INFINITY
      return new Taped(value, -1, 0, nothing, size, nothing, 1, false)
    }
    const terms = value === 0 && error === 0 ? 0 : 1
    const whole = error === 0 && Number.isInteger(value)
    return new Taped(value, node, slope, own, size, error, terms, whole)
  }
  const leaf = (value: number, own: number): Taped => single(value, -1, 0, own)

  /** A node for what operands leave, or, where the remainder is no less than the whole change, a cut. */
  const nodeOf = (
    operands: readonly Taped[],
    { slopes, remainder, whole }: Expansion,
    e: readonly number[],
  ): number => {
    let own = remainder
    let passes = true
    for (let k = 0; k < operands.length; k++) {
      const [x, slope] = [operands[k]!, slopes[k]!]
      // Slopes are the result of a few operations, each off by 2^-53, and by 2^-1074 where they underflow.
      own += Math.abs(slope) * (local(x) + 2 ** -50 * e[k]!)
      if (x.node < 0) continue
      own += Number.MIN_VALUE * record.reach(x.node)
      passes &&= Number.isFinite(slope * x.slope)
    }
    if (!(own < whole && passes)) return record.close(whole)
    for (let k = 0; k < operands.length; k++) {
      const { node, slope } = operands[k]!
      if (node >= 0) record.operand(node, slopes[k]! * slope)
    }
    return record.close(own, whole)
  }

  /** Whether what is of second order, or what the errors add to the rounding, is too small for a sweep. */
  const isSettled = (
    operands: readonly Taped[],
    { slopes, remainder }: Expansion,
    first: number,
    second: number,
  ): boolean => {
    let beside = first
    for (let k = 0; k < operands.length; k++) {
      beside += Math.abs(slopes[k] ?? 0) * local(operands[k]!)
    }
    return remainder + second - first <= worthASweep * beside
  }

  /**
   * The result of a function of operands that are off.
   *
   * @param expand the function, expanded, by the errors of the operands
   * @param own what rounding adds, by the change that the errors of the operands make
   */
  const derived = (
    value: number,
    operands: readonly [Taped] | readonly [Taped, Taped],
    expand: (ex: number, ey: number) => Expansion,
    own: (change: number, ex: number, ey: number) => number,
  ): Taped => {
    const [x, y] = operands
    let [ex, ey] = [off(x), y === undefined ? 0 : off(y)]
    let expansion = expand(ex, ey)
    if (x.node >= 0 || (y !== undefined && y.node >= 0)) {
      const [first, second] = [own(0, ex, ey), own(expansion.whole, ex, ey)]
      if (!isSettled(operands, expansion, first, second)) {
        tighten(x)
        if (y !== undefined) tighten(y)
        ;[ex, ey] = [off(x), y === undefined ? 0 : off(y)]
        expansion = expand(ex, ey)
      }
    }
    const { whole } = expansion
    // What may be infinite, or not a number, stays so even in a function of bounded range.
    if (!Number.isFinite(whole) || !Number.isFinite(ex) || !Number.isFinite(ey)) {
      return leaf(value, Number.POSITIVE_INFINITY)
    }
    if (whole === 0) return leaf(value, own(0, ex, ey))
    return single(value, nodeOf(operands, expansion, [ex, ey]), 1, own(whole, ex, ey))
  }

  /** A number of one term times a factor that is exactly known: the same node by another slope. */
  const scaled = (x: Taped, factor: number): Taped => {
    const size = Math.abs(factor)
    const rounded = size * Math.abs(x.value)
    const change = () => size * off(x)
    const second = () => errors.product(rounded + change()) - errors.product(rounded)
    if (second() > worthASweep * (errors.product(rounded) + size * local(x))) tighten(x)
    const slope = factor * x.slope
    const slopeRounding = (Math.abs(slope) * 2 ** -52 + Number.MIN_VALUE) * record.reach(x.node)
    const own = size * local(x) + slopeRounding + errors.product(rounded + change())
    return single(x.value * factor, x.node, slope, own)
  }

  return { off, tighten, single, leaf, derived, scaled }
}

export type Propagation = ReturnType<typeof propagation>
