/**
 * How far below 0 an eigenvalue of a covariance may be, as a share of the trace: elements rounded to bfloat16 change no
 * eigenvalue by more than 2^-8 of that.
 */
const roundedBy = 2 ** -7

/**
 * Whether a matrix is symmetric without negative eigenvalues, as far as rounding leaves it so. Eliminates by the largest
 * element of the diagonal that is left, which is negative, or has a larger one beside it, where an eigenvalue is.
 * NaN and infinities are nothing that can be told from a covariance.
 *
 * @param share how far below 0 an eigenvalue may be, as a share of the trace
 */
export function isSemidefinite(data: ArrayLike<number>, size: number, share = roundedBy): boolean {
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => data[i * size + j]!),
  )
  if (rows.some((row, i) => row.some((x, j) => x !== rows[j]![i] && !Number.isNaN(x)))) return false
  if (!rows.flat().every(Number.isFinite)) return true
  const slack = share * rows.reduce((trace, row, i) => trace + Math.abs(row[i]!), 0)
  const left = new Set(rows.keys())
  while (left.size > 0) {
    const places = [...left]
    const pivot = places.reduce((best, i) => (rows[i]![i]! > rows[best]![best]! ? i : best))
    const most = rows[pivot]![pivot]!
    const others = places.flatMap((i) => places.map((j) => Math.abs(rows[i]![j]!)))
    if (Math.max(...others) > Math.max(most, 0) + slack) return false
    if (most <= slack) return true
    left.delete(pivot)
    for (const i of left) {
      for (const j of left) rows[i]![j]! -= (rows[i]![pivot]! * rows[pivot]![j]!) / most
    }
  }
  return true
}
