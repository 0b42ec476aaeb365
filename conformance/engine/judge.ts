import { sameShape } from '../base/tensor.ts'
import { type Floors, floorOf, noFloors } from './floor.ts'
import type { Kind } from './kind.ts'
import { isOpen } from './openness.ts'
import type { Comparison } from './property.ts'
import type { Reading } from './reading.ts'
import type { Difference } from './verdict.ts'

/** How one comparison came out. */
export type Judgement =
  | {
      readonly agrees: true
      readonly utilization: number
      /** Why it is no evidence all the same; `null` where it is. */
      readonly open: string | null
    }
  | {
      readonly agrees: false
      readonly label: string
      readonly reason: string
      readonly difference: Difference | null
    }

/** How far apart two numbers are, as a share of what rounding can explain; above 1 is a violation. */
function utilization(expected: Reading, actual: Reading): number {
  if (Number.isNaN(expected.value) || Number.isNaN(actual.value)) {
    return Number.isNaN(expected.value) === Number.isNaN(actual.value)
      ? 0
      : Number.POSITIVE_INFINITY
  }
  if (expected.value === actual.value) return 0
  const difference = Math.abs(expected.value - actual.value)
  if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY
  const bound = expected.error + actual.error
  return bound > 0 ? difference / bound : Number.POSITIVE_INFINITY
}

/**
 * Compares two arrays element by element.
 * The first element whose difference exceeds its bound by the largest factor is reported.
 * A bound that is not finite leaves the element open: nothing can be said of it. So it does the case,
 * unless the comparison tells on what scale its bounds are to be seen.
 */
export function judge<T>(
  { label, expected, actual, floor: own, scale }: Comparison<T>,
  read: (x: T) => Reading,
  /** Where the floors of its elements are noted. */
  floors: Floors = noFloors(),
): Judgement {
  if (!sameShape(expected.shape, actual.shape)) {
    const [want, got] = [expected.shape, actual.shape].map((shape) => `[${shape.join(', ')}]`)
    const reason = `${label} has the shape ${got}; expected ${want}`
    return { agrees: false, label, reason, difference: null }
  }
  if (own !== undefined) floors.own.push(own)
  let worst = 0
  let worstPosition = -1
  let unbounded = false
  for (let position = 0; position < expected.data.length; position++) {
    const [x, y] = [expected.data[position]!, actual.data[position]!]
    // Plain numbers carry no error: two that are equal need no reading.
    if (typeof x === 'number' && x === y) {
      floors.exact = true
      continue
    }
    const wanted = read(x)
    const given = read(y)
    const floor = floorOf(wanted, given)
    if (floor !== null) floors.some.push(floor)
    else if (wanted.error + given.error === 0) floors.exact = true
    if (!Number.isFinite(wanted.error) || !Number.isFinite(given.error)) {
      unbounded = true
      continue
    }
    const used = utilization(wanted, given)
    if (used > worst) {
      worst = used
      worstPosition = position
    }
  }
  if (worst <= 1) {
    const open =
      scale === undefined
        ? unbounded && 'the rounding error is unbounded'
        : isOpen(expected, read, scale) && `bounds as wide as what they bound: ${label}`
    return { agrees: true, utilization: worst, open: open || null }
  }
  const wanted = read(expected.data[worstPosition]!)
  const given = read(actual.data[worstPosition]!)
  const index = indexOf(expected.shape, worstPosition)
  return {
    agrees: false,
    label,
    reason: `${label} differs at [${index.join(', ')}]`,
    difference: {
      label,
      index,
      expected: wanted.value,
      actual: given.value,
      bound: wanted.error + given.error,
    },
  }
}

/** The index of the element at a position in row-major order. */
export function indexOf(shape: readonly number[], position: number): readonly number[] {
  const index: number[] = []
  for (let axis = shape.length - 1, left = position; axis >= 0; axis--) {
    index.unshift(left % shape[axis]!)
    left = Math.floor(left / shape[axis]!)
  }
  return index
}

/** Whether an element is further from the right one than its bound allows; one that is open is not. */
export function isWrong(expected: number, actual: number, bound: number): boolean {
  if (!Number.isFinite(bound)) return false
  return utilization({ value: expected, error: bound }, { value: actual, error: 0 }) > 1
}

/** What is wrong where a comparison does not agree. */
export function kindOf({ difference }: Extract<Judgement, { agrees: false }>): Kind {
  if (difference === null) return 'wrong shape'
  const { expected, actual } = difference
  return Number.isFinite(expected) && Number.isFinite(actual) ? 'wrong value' : 'not finite'
}

/** How unmistakable a difference is: its size in units of its bound. */
export function severity(judgement: Judgement): number {
  if (judgement.agrees) return judgement.utilization
  const { difference } = judgement
  if (difference === null) return Number.POSITIVE_INFINITY
  const { expected, actual, bound } = difference
  const apart = Math.abs(expected - actual)
  // NaN on one side, or infinity, is as unmistakable as can be.
  return bound > 0 && Number.isFinite(apart) ? apart / bound : Number.POSITIVE_INFINITY
}
