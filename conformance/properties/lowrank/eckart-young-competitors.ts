import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { svd } from '../../../reference/matrix.ts'
import type { knownMatrix } from './error-bound-orthonormal.ts'

type Matrix = NumberArray<number>
type Known = ReturnType<typeof knownMatrix>

/** The first columns of a matrix. */
const columns = (A: Matrix, count: number): Matrix =>
  build([A.shape[0]!, count], (i, l) => A.at(i, l))

/** A Bᵀ. */
const product = (A: Matrix, B: Matrix): Matrix =>
  build([A.shape[0]!, B.shape[0]!], (i, j) =>
    sum(number, [A.shape[1]!], (l) => A.at(i, l) * B.at(j, l)),
  )

const transposed = (A: Matrix): Matrix => build(A.shape.toReversed(), (i, j) => A.at(j, i))

/** The kept vectors of a truncation to t values, the left ones times their values. */
function truncation({ U, S, V }: Known, t: number) {
  const order = S.data.map((_, l) => l).sort((a, b) => S.at(b) - S.at(a) || a - b)
  return {
    left: build([U.shape[0]!, t], (i, l) => U.at(i, order[l]!) * S.at(order[l]!)),
    right: build([V.shape[0]!, t], (j, l) => V.at(j, order[l]!)),
  }
}

/** Ways to make a matrix of rank t at most from a known one and two arrays of random numbers. */
export const competitors = {
  /** A product of random factors. */
  'random factors': (_: Known, t: number, A: Matrix, B: Matrix): Matrix =>
    product(columns(A, t), columns(B, t)),

  /** The matrix projected onto what the columns of a random left factor span: no right factor is better. */
  'best right factor': ({ matrix }: Known, t: number, A: Matrix): Matrix => {
    if (t === 0) return build(matrix.shape, () => 0)
    const { U, s } = svd(columns(A, t))
    const basis = columns(U, s.filter((value) => value > 2 ** -40 * s[0]!).length)
    return product(basis, product(transposed(matrix), transposed(basis)))
  },

  /** The factors of the truncation, each a little changed. */
  'factors nearby': (known: Known, t: number, A: Matrix, B: Matrix): Matrix => {
    const { left, right } = truncation(known, t)
    const moved = (of: Matrix, by: Matrix) =>
      build(of.shape, (i, l) => of.at(i, l) + by.at(i, l) / 64)
    return product(moved(left, A), moved(right, B))
  },

  /** The first t values, whichever they are. */
  'other values': ({ U, S, V }: Known, t: number): Matrix => {
    const scaled = build([U.shape[0]!, t], (i, l) => U.at(i, l) * S.at(l))
    return product(scaled, columns(V, t))
  },
} as const

/** How far a matrix is from another one in both norms, at most: rounding in doubles is allowed for. */
export function distances(W: Matrix, B: Matrix) {
  const difference = fromData(
    W.shape,
    W.data.map((w, at) => w - B.data[at]!),
  )
  // All sides are 8 at most: a hundred roundings of 2^-53 are far below 2^-40.
  const rounding = 2 ** -40 * (Math.hypot(...W.data) + Math.hypot(...B.data))
  return {
    frobenius: Math.hypot(...difference.data) + rounding,
    spectral: svd(difference).s[0]! + rounding,
  }
}
