/** Rows one after the other, in double precision. */
interface Rows {
  readonly n: number
  readonly m: number
  readonly data: Float64Array
}

/** Rows that are orthogonal up to so much of their lengths are not turned: a rounding in single precision is 4096 times that. */
const orthogonalUpTo = 2 ** -36

/** As a share of all: what is shorter is what rounding left, far below any digit of single precision, and is not turned. */
const nothing = 2 ** -45

/** More sweeps than any matrix was seen to take; what is not at rest by then is as good as rounding lets it be. */
const mostSweeps = 40

/**
 * The thin singular value decomposition of no more rows than columns, its vectors as rows, the largest value first.
 * What is nothing but rounding is 0, and its right vector any that the others leave room for.
 *
 * Rows are made orthogonal by rotations of two at a time (Hestenes 1958), and the same is done to those of the unit
 * matrix. What a rotation adds to a row by rounding is a share of that row, so that small rows keep their digits
 * beside large ones (Demmel and Veselić 1992).
 */
export function decomposedByLoops(A: Rows): { values: Float64Array; left: Rows; right: Rows } {
  const { n } = A
  const images = { ...A, data: A.data.slice() }
  const axes = unitRows(n)
  const least = nothing * Math.sqrt(squaresOf(A).reduce((sum, square) => sum + square, 0))
  for (let sweep = 0; sweep < mostSweeps; sweep++) if (!turnedAny(images, axes, least)) break
  const lengths = squaresOf(images).map((square) => (square > least ** 2 ? Math.sqrt(square) : 0))
  const order = Array.from(lengths.keys()).sort((k, l) => lengths[l]! - lengths[k]!)
  const right = inOrder(images, order)
  const values = Float64Array.from(order, (l) => lengths[l]!)
  for (let l = 0; l < n; l++) makeUnit(right, l, values[l]!)
  return { values, left: inOrder(axes, order), right }
}

const squaresOf = (rows: Rows) =>
  Float64Array.from({ length: rows.n }, (_, i) => product(rows, i, i))

const rowOf = ({ m, data }: Rows, l: number) => data.subarray(l * m, (l + 1) * m)

function unitRows(n: number): Rows {
  const data = new Float64Array(n * n)
  for (let i = 0; i < n; i++) data[i * n + i] = 1
  return { n, m: n, data }
}

function inOrder(rows: Rows, order: readonly number[]): Rows {
  const data = new Float64Array(rows.data.length)
  for (const [l, from] of order.entries()) data.set(rowOf(rows, from), l * rows.m)
  return { ...rows, data }
}

/** Turns each row with each other one, and says whether any two had to be. */
function turnedAny(images: Rows, axes: Rows, least: number): boolean {
  const squares = squaresOf(images)
  let turned = false
  for (let i = 0; i < images.n; i++) {
    for (let j = i + 1; j < images.n; j++) {
      const [a, b, c] = [squares[i]!, squares[j]!, product(images, i, j)]
      if (Math.min(a, b) <= least ** 2) continue
      if (Math.abs(c) <= orthogonalUpTo * Math.sqrt(a) * Math.sqrt(b)) continue
      // Of both rotations that make them orthogonal, the smaller one.
      const zeta = (b - a) / (2 * c)
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
      turn(images, [i, j], tangent)
      turn(axes, [i, j], tangent)
      squares[i] = product(images, i, i)
      squares[j] = product(images, j, j)
      turned = true
    }
  }
  return turned
}

function product({ m, data }: Rows, i: number, j: number): number {
  let sum = 0
  for (let k = 0, x = i * m, y = j * m; k < m; k++) sum += data[x++]! * data[y++]!
  return sum
}

/** x cos − y sin in the place of x, and x sin + y cos in that of y. */
function turn({ m, data }: Rows, [i, j]: readonly [number, number], tangent: number): void {
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = cosine * tangent
  for (let k = 0, at = i * m, other = j * m; k < m; k++, at++, other++) {
    const [x, y] = [data[at]!, data[other]!]
    data[at] = cosine * x - sine * y
    data[other] = sine * x + cosine * y
  }
}

/** A row by its length; without one, the axis furthest from the unit rows above, made orthogonal to them twice. */
function makeUnit(rows: Rows, l: number, length: number): void {
  const row = rowOf(rows, l)
  if (length === 0) {
    row.fill(0)
    row[furthestAxis(rows, l)] = 1
    for (let other = 0; other < 2 * l; other++) {
      const along = product(rows, l, other % l)
      const unit = rowOf(rows, other % l)
      row.set(row.map((x, k) => x - along * unit[k]!))
    }
  }
  const by = length || Math.sqrt(product(rows, l, l))
  row.set(row.map((x) => x / by))
}

/** The axis that the first unit rows have least of. */
function furthestAxis(rows: Rows, count: number): number {
  const shares = new Float64Array(rows.m)
  for (let l = 0; l < count; l++) for (const [k, x] of rowOf(rows, l).entries()) shares[k]! += x * x
  return shares.indexOf(Math.min(...shares))
}
