import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
import type { Difference } from './verdict.ts'

/** Rounding that loses more than it may loses these many times as much at most: four bits. */
const mostTimes = 16

/**
 * Whether a number is wrong by so little that it reads as rounded too much, and not as something else: by
 * a few of its own last places, or a few times its bound, and by a small part of itself.
 */
export function isSlight(
  { expected, actual, bound }: Pick<Difference, 'expected' | 'actual' | 'bound'>,
  precision: Precision,
): boolean {
  const apart = Math.abs(actual - expected)
  const explained = Math.max(bound, lastPlace(expected, precision))
  const isNear = apart <= mostTimes * explained && apart <= Math.abs(expected) / mostTimes
  return isNear && Number.isFinite(apart)
}

/** How far a number is from what is right, in units of the last place of what is right: `3.2`. */
export function inLastPlaces(expected: number, actual: number, precision: Precision): number {
  return Math.abs(actual - expected) / lastPlace(expected, precision)
}

/** The distance of a normal number of a format from the next one. */
function lastPlace(x: number, precision: Precision): number {
  const { bits, minNormal } = formats[precision]
  const size = Math.max(Math.abs(x), minNormal)
  return 2 ** (Math.floor(Math.log2(size)) - bits + 1)
}
