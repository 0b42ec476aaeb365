/** How long calls took: the first one, which may have had more to do, and the others. */
export interface Times {
  readonly median: number
  readonly least: number
  readonly most: number
  /** How many calls the median is of. */
  readonly count: number
  /** The first call, which does not count; `null` where it is the only one, and does. */
  readonly first: number | null
}

/** What times of calls come to; `null` without calls. */
export function timesOf(calls: readonly number[]): Times | null {
  const [first, ...rest] = calls
  if (first === undefined) return null
  const counted = rest.length === 0 ? [first] : rest
  return {
    median: medianOf(counted),
    least: Math.min(...counted),
    most: Math.max(...counted),
    count: counted.length,
    first: rest.length === 0 ? null : first,
  }
}

/** The middle of at least one number; of two middles, their mean. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
