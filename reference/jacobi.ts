/** A column of a matrix; rotated in place. */
type Column = Float64Array

/** U · diag(s) · Vᵀ by columns, the largest value first. */
export interface Columns {
  readonly U: readonly Column[]
  readonly s: readonly number[]
  readonly V: readonly Column[]
}

/** So many sweeps are far more than any matrix was seen to need, about ten. */
const mostSweeps = 60

/**
 * The singular value decomposition by rotations of pairs of columns.
 *
 * Each pair is turned until it is orthogonal: W V = U diag(s), where V is the product of all rotations and the columns
 * that are left are those of U times their lengths. Other than the iteration of Golub and Kahan it ends for every
 * matrix, and its vectors are as orthogonal to values that are rounding beside the largest as to others.
 *
 * Formula    t = sign(ζ) / (|ζ| + √(1 + ζ²)), ζ = (‖w_q‖² − ‖w_p‖²) / (2 w_pᵀw_q), c = 1 / √(1 + t²),
 *            w_p ← c w_p − c t w_q, w_q ← c t w_p + c w_q
 * Shapes     columns: n of m numbers, m ≥ n → U: n of m, s: n, V: n of n
 * Edges      a column that becomes 0 has the value 0 and any vector that is orthogonal to the others
 * Throws     `Error` when columns are not orthogonal after sixty sweeps
 * Source     Hestenes (1958), Inversion of matrices by biorthogonalization; Golub and Van Loan (2013), section 8.6.3
 * Example    columns (1, 2), (2, 4) → s = 5, 0
 */
export function rotated(columns: readonly Column[]): Columns {
  const W = columns.map((column) => column.slice())
  const V = columns.map((_, j) => Float64Array.from(columns, (_column, i) => (i === j ? 1 : 0)))
  let sweeps = 0
  while (sweep(W, V)) {
    if (++sweeps === mostSweeps) throw new Error(`no decomposition after ${mostSweeps} sweeps`)
  }
  const lengths = W.map((w) => Math.hypot(...w))
  const order = [...lengths.keys()].sort((a, b) => lengths[b]! - lengths[a]!)
  const U: Column[] = []
  for (const j of order) {
    const length = lengths[j]!
    U.push(length > 0 ? W[j]!.map((x) => x / length) : orthogonalTo(U, W[j]!.length))
  }
  return { U, s: order.map((j) => lengths[j]!), V: order.map((j) => V[j]!) }
}

/**
 * Beside the largest column, one of this length reaches no digit of the matrix, and is taken for 0: rotations make
 * columns that are rounding smaller and smaller, until their squares leave the format.
 */
const negligible = 2 ** -100

/** Turns every pair of columns that is not orthogonal to rounding, and says whether there was one. */
function sweep(W: readonly Column[], V: readonly Column[]): boolean {
  const rounding = W[0]!.length * 2 ** -53
  const squares = W.map((w) => dot(w, w))
  const least = negligible ** 2 * Math.max(...squares)
  for (const [j, w] of W.entries()) if (squares[j]! <= least) w.fill(0)
  let isTurned = false
  for (const [p, a] of W.entries()) {
    for (let q = p + 1; q < W.length; q++) {
      const b = W[q]!
      const [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)]
      if (Math.abs(ab) <= rounding * Math.sqrt(aa) * Math.sqrt(bb)) continue
      const zeta = (bb - aa) / (2 * ab)
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta))
      const c = 1 / Math.hypot(1, t)
      turn(a, b, c, c * t)
      turn(V[p]!, V[q]!, c, c * t)
      isTurned = true
    }
  }
  return isTurned
}

function turn(a: Column, b: Column, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!]
    a[i] = c * x - s * y
    b[i] = s * x + c * y
  }
}

function dot(a: Column, b: Column): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/**
 * A unit vector that is orthogonal to others, of which there are fewer than its elements: of the axes, the one that
 * they span least of, without what they span of it; twice, since the first difference cancels.
 */
function orthogonalTo(others: readonly Column[], length: number): Column {
  const spanned = Array.from({ length }, (_, i) => others.reduce((sum, u) => sum + u[i]! ** 2, 0))
  const axis = spanned.indexOf(Math.min(...spanned))
  const left = Float64Array.from({ length }, (_, i) => (i === axis ? 1 : 0))
  for (let time = 0; time < 2; time++) {
    for (const u of others) {
      const along = dot(u, left)
      for (let i = 0; i < length; i++) left[i] = left[i]! - along * u[i]!
    }
  }
  const size = Math.hypot(...left)
  return left.map((x) => x / size)
}
