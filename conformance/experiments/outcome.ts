import type { Comparison } from './experiment.ts'

/** A mean over seeds, how far seeds are apart, and where the mean may lie. */
export interface Spread {
  readonly mean: number
  /** The standard deviation, with one seed less as its divisor. */
  readonly deviation: number
  /** The ends of the interval of confidence of 95 % of Student's t. */
  readonly low: number
  readonly high: number
}

export type Outcome = 'holds' | 'does not hold' | 'undecided'

/** The 97.5 % quantile of Student's t by degrees of freedom from 1 on, as tables print it. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201]

/** @throws {RangeError} there are fewer than two values, or more than twelve */
export function spreadOf(values: readonly number[]): Spread {
  const n = values.length
  const quantile = quantiles[n - 2]
  if (quantile === undefined) throw new RangeError(`the spread of ${n} values`)
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (n - 1))
  const half = (quantile * deviation) / Math.sqrt(n)
  return { mean, deviation, low: mean - half, high: mean + half }
}

/** A mean of numbers, and the ends of what they cover. */
export interface Range {
  readonly middle: number
  readonly low: number
  readonly high: number
}

/** With the geometric mean, of numbers that are not negative. */
export function rangeOf(values: readonly number[]): Range {
  const logarithms = values.reduce((sum, x) => sum + Math.log(x), 0)
  return { ...endsOf(values), middle: Math.exp(logarithms / values.length) }
}

/** With the arithmetic mean. */
export function linearRangeOf(values: readonly number[]): Range {
  return { ...endsOf(values), middle: values.reduce((sum, x) => sum + x, 0) / values.length }
}

const endsOf = (values: readonly number[]) => ({
  low: Math.min(...values),
  high: Math.max(...values),
})

/** The differences, seed by seed: what the same seed has in common falls out of them. */
export function differencesIn({ of, with: other }: Comparison): readonly number[] {
  return of.map((x, seed) => x - other[seed]!)
}

/**
 * Whether a difference is above −margin: it holds where the whole interval is, does not where none of it is,
 * and is undecided in between.
 */
export function outcomeOf(comparison: Comparison, margin: number): Outcome {
  const { low, high } = spreadOf(differencesIn(comparison))
  if (low >= -margin) return 'holds'
  return high < -margin ? 'does not hold' : 'undecided'
}
