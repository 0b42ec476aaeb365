/** Rows one after the other, in double precision. */
export interface Rows {
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
 * Rows made orthogonal by rotations of two at a time, as loops (Hestenes 1958): those of Q A, and Q itself; and
 * their lengths, 0 of what is nothing but rounding. What a rotation adds to a row by rounding is a share of that row, so that small rows keep their digits beside large
 * ones (Demmel and Veselić 1992).
 */
export function orthogonalizedByLoops(A: Rows): {
  images: Rows
  axes: Rows
  lengths: Float64Array
} {
  const { n } = A
  const images = { ...A, data: A.data.slice() }
  const axes = unitRows(n)
  const least = nothing * Math.sqrt(squaresOf(A).reduce((sum, square) => sum + square, 0))
  for (let sweep = 0; sweep < mostSweeps; sweep++) if (!turnedAny(images, axes, least)) break
  const lengths = squaresOf(images).map(Math.sqrt)
  return { images, axes, lengths: lengths.map((length) => (length > least ? length : 0)) }
}

const squaresOf = (rows: Rows) =>
  Float64Array.from({ length: rows.n }, (_, i) => product(rows, i, i))

function unitRows(n: number): Rows {
  const data = new Float64Array(n * n)
  for (let i = 0; i < n; i++) data[i * n + i] = 1
  return { n, m: n, data }
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

export function product({ m, data }: Rows, i: number, j: number): number {
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
