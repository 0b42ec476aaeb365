import { inverse as invert, Matrix, solve as solveSystem } from 'ml-matrix'
import { build, fromData, type NumberArray } from './arithmetic/array.ts'
import { rotated } from './jacobi.ts'

/**
 * Decompositions of matrices of doubles: systems and inverses by ml-matrix, which no other file imports, singular values
 * and eigenvalues by rotations, since those of ml-matrix do not end for some matrices (its findings).
 *
 * They iterate, so they exist in double arithmetic only. Each is backward stable: what it returns is
 * exact for a matrix that differs from the given one by a few max(m, n) · 2^-53 of its norm (Golub
 * and Van Loan 2013, sections 2.7, 5.4.1 and 8.6). Hence a singular value, or an eigenvalue of a
 * symmetric matrix, is that share of the largest one off; a solution or an inverse may be off by more, in
 * proportion to its condition number.
 *
 * Unlike the library itself, every function here checks its arguments (the shape is named in the message,
 * and NaN, on which some of its iterations never end, is refused) and leaves them as they are.
 */
export type RealMatrix = NumberArray<number>

/** The decomposition W = U · diag(s) · Vᵀ, in its thin form. */
export interface Svd {
  /** m × r, with r = min(m, n); its columns are orthonormal. */
  readonly U: RealMatrix
  /** The r singular values, none negative, the largest first. */
  readonly s: readonly number[]
  /** n × r; its columns are orthonormal. */
  readonly V: RealMatrix
}

/**
 * The thin singular value decomposition.
 *
 * Formula    W = U diag(s) Vᵀ, UᵀU = VᵀV = I, s₁ ≥ … ≥ s_r ≥ 0
 * Shapes     W: [m, n] → U: [m, r], s: r numbers, V: [n, r], r = min(m, n)
 * Edges      the sign of a pair of columns is arbitrary; so is a basis of equal singular values
 * Source     Golub and Van Loan (2013), theorem 2.4.1
 * Example    W = [[0, 2], [1, 0]] → s = 2, 1
 */
export function svd(W: RealMatrix): Svd {
  const [m, n] = checkMatrix(W)
  // A power of two near its largest element changes no bit of a matrix of ordinary size; of others squares would
  // leave the format.
  const largest = Math.max(...W.data.map(Math.abs))
  const scale = largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1
  const isWide = n > m
  const [rows, columns] = isWide ? [n, m] : [m, n]
  const at = (i: number, j: number) => W.data[isWide ? j * n + i : i * n + j]!
  const decomposition = rotated(
    Array.from({ length: columns }, (_, j) =>
      Float64Array.from({ length: rows }, (_, i) => withoutNegligible(at(i, j) / scale)),
    ),
  )
  const [left, right] = [decomposition.U, decomposition.V].map(fromColumns) as [
    RealMatrix,
    RealMatrix,
  ]
  const s = decomposition.s.map((value) => value * scale)
  return isWide ? { U: right, s, V: left } : { U: left, s, V: right }
}

function fromColumns(columns: readonly Float64Array[]): RealMatrix {
  return build([columns[0]!.length, columns.length], (i, j) => columns[j]![i]!)
}

/** Beside numbers of size 1, what reaches no digit of them is zero. */
const withoutNegligible = (w: number): number => (Math.abs(w) < 2 ** -200 ? 0 : w)

/**
 * The eigenvalues of a symmetric matrix with their multiplicity, the largest first.
 *
 * Where c is at least the norm, no eigenvalue of A + cI is negative, and they are its singular values.
 *
 * Formula    Av = λv; λ_i = σ_i(A + cI) − c, c = ‖A‖_F
 * Shapes     A: [n, n] → n numbers
 * Edges      `RangeError` when the matrix is not symmetric. Each is off by a few n · 2^-53 of c, as eigenvalues by
 *            rotations or reflections are, twice, since ‖A + cI‖ ≤ 2c
 * Source     Golub and Van Loan (2013), section 8.1
 * Example    A = [[0, 2], [2, 0]] → 2, −2
 */
export function eigenvalues(A: RealMatrix): readonly number[] {
  checkSquare(A)
  const isSymmetric = A.data.every((a, at) => {
    const [i, j] = [Math.floor(at / A.shape[0]!), at % A.shape[0]!]
    return a === A.at(j, i)
  })
  if (!isSymmetric) throw new RangeError('the matrix is not symmetric')
  // Beside a power of two near the largest element neither the norm nor the sum leaves the format.
  const largest = Math.max(...A.data.map(Math.abs))
  if (largest === 0) return A.data.slice(0, A.shape[0]!)
  const scale = 2 ** Math.floor(Math.log2(largest))
  const c = Math.hypot(...A.data.map((a) => a / scale))
  const shifted = build(A.shape, (i, j) => A.at(i, j) / scale + (i === j ? c : 0))
  return svd(shifted).s.map((value) => (value - c) * scale)
}

/**
 * The inverse of a square matrix.
 *
 * Formula    A⁻¹A = AA⁻¹ = I
 * Shapes     A: [n, n] → [n, n]
 * Edges      `RangeError` when rounding the matrix could make it singular
 * Example    A = [[2, 0], [0, 4]] → [[0.5, 0], [0, 0.25]]
 */
export function inverse(A: RealMatrix): RealMatrix {
  checkSquare(A)
  if (isDeficient(A)) throw new RangeError('the matrix is singular')
  return fromLibrary(invert(toLibrary(A)))
}

/**
 * The solution of a linear system; of one with more equations than unknowns, the one of least squares.
 *
 * Formula    x = argmin ‖Ax − b‖₂, which is Ax = b when A is square
 * Shapes     A: [m, n] with m ≥ n, b: [m, k] → x: [n, k], a system for each column of b
 * Edges      `RangeError` when rounding A could make its columns dependent, or m < n
 * Source     Golub and Van Loan (2013), sections 3.4 (LU) and 5.3 (QR)
 * Example    A = [[1, 0], [0, 1], [1, 1]], b = [1, 2, 4] → x = [4/3, 7/3]
 */
export function solve(A: RealMatrix, b: RealMatrix): RealMatrix {
  const [m, n] = checkMatrix(A)
  const [rows] = checkMatrix(b)
  if (m < n) throw new RangeError(`${m} equations for ${n} unknowns have no single solution`)
  if (rows !== m) throw new RangeError(`${rows} right sides for ${m} equations`)
  if (isDeficient(A)) throw new RangeError('the columns of the matrix are dependent')
  return fromLibrary(solveSystem(toLibrary(A), toLibrary(b)))
}

function checkMatrix({ shape, data }: RealMatrix): readonly [rows: number, columns: number] {
  const [m, n] = shape as [number, number]
  if (shape.length !== 2 || m === 0 || n === 0) {
    throw new RangeError(`an array of shape [${shape.join(', ')}] is no matrix`)
  }
  if (!data.every(Number.isFinite)) throw new RangeError('an element of the matrix is not finite')
  return [m, n]
}

function checkSquare(A: RealMatrix): void {
  const [m, n] = checkMatrix(A)
  if (m !== n) throw new RangeError(`a matrix of ${m} × ${n} is not square`)
}

/**
 * Whether the smallest singular value is within the error of the largest, so that the rank is not full.
 * The library only notices a pivot that is exactly zero, which dependent columns seldom leave.
 */
function isDeficient(A: RealMatrix): boolean {
  const { s } = svd(A)
  return s.at(-1)! <= Math.max(...A.shape) * 2 ** -52 * s[0]!
}

function toLibrary({ shape, data }: RealMatrix): Matrix {
  const [m, n] = shape as [number, number]
  return Matrix.from1DArray(m, n, data as number[])
}

function fromLibrary(matrix: Matrix): RealMatrix {
  return fromData([matrix.rows, matrix.columns], matrix.to1DArray())
}
