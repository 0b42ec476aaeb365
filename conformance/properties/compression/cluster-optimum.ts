/**
 * The least sum of squared distances of numbers from at most K values, by dynamic programming: in the order
 * of their size, the numbers of a value stand together.
 */
export function leastSquares(numbers: readonly number[], K: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const n = sorted.length
  let least = Array.from({ length: n + 1 }, (_, end) => (end === 0 ? 0 : Number.POSITIVE_INFINITY))
  for (let k = 0; k < K; k++) {
    least = least.map((before, end) => {
      let best = before
      for (let start = 0; start < end; start++) {
        best = Math.min(best, least[start]! + spread(sorted.slice(start, end)))
      }
      return best
    })
  }
  return least[n]!
}

/** The sum of squared distances of numbers from their mean. */
function spread(numbers: readonly number[]): number {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length
  return numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0)
}
