import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * The solution of M w = b by elimination. A positive definite M needs no exchanges; general solvers bring
 * the equation with the largest coefficient to the front in each step all the same.
 */
export function eliminate<T>(
  arithmetic: Arithmetic<T>,
  M: NumberArray<T>,
  b: NumberArray<T>,
  { exchanges = false } = {},
): NumberArray<T> {
  const { divide, multiply, subtract } = arithmetic
  const D = b.shape[0]!
  let [U, c] = [M, b]
  for (let k = 0; k < D; k++) {
    const [A, a] = exchanges ? broughtForward(arithmetic, U, c, k) : [U, c]
    const factor = (i: number) => divide(A.at(i, k), A.at(k, k))
    U = build(M.shape, (i, j) =>
      i > k && j > k ? subtract(A.at(i, j), multiply(factor(i), A.at(k, j))) : A.at(i, j),
    )
    c = build(b.shape, (i) => (i > k ? subtract(a.at(i), multiply(factor(i), a.at(k))) : a.at(i)))
  }
  const w: T[] = []
  for (let i = D - 1; i >= 0; i--) {
    const known = sum(arithmetic, [D - 1 - i], (j) => multiply(U.at(i, i + 1 + j), w[j]!))
    w.unshift(divide(subtract(c.at(i), known), U.at(i, i)))
  }
  return build(b.shape, (i) => w[i]!)
}

/** The equations from k on with the largest coefficient of the k-th unknown first. */
function broughtForward<T>(
  { toNumber }: Arithmetic<T>,
  A: NumberArray<T>,
  b: NumberArray<T>,
  k: number,
): readonly [A: NumberArray<T>, b: NumberArray<T>] {
  const size = (i: number) => Math.abs(toNumber(A.at(i, k)))
  let largest = k
  for (let i = k + 1; i < b.shape[0]!; i++) if (size(i) > size(largest)) largest = i
  const at = (i: number) => (i === k ? largest : i === largest ? k : i)
  return [build(A.shape, (i, j) => A.at(at(i), j)), build(b.shape, (i) => b.at(at(i)))]
}

/** The same by Cholesky's factors, M = L Lᵀ: first L z = b, then Lᵀ w = z. */
export function factorize<T>(
  arithmetic: Arithmetic<T>,
  M: NumberArray<T>,
  b: NumberArray<T>,
): NumberArray<T> {
  const { divide, multiply, sqrt, subtract } = arithmetic
  const D = b.shape[0]!
  const dot = (count: number, term: (k: number) => T) => sum(arithmetic, [count], term)
  const L: T[][] = []
  for (let i = 0; i < D; i++) {
    L.push([])
    for (let j = 0; j <= i; j++) {
      const known = dot(j, (k) => multiply(L[i]![k]!, L[j]![k]!))
      const rest = subtract(M.at(i, j), known)
      L[i]!.push(i === j ? sqrt(rest) : divide(rest, L[j]![j]!))
    }
  }
  const z: T[] = []
  for (let i = 0; i < D; i++) {
    const known = dot(i, (k) => multiply(L[i]![k]!, z[k]!))
    z.push(divide(subtract(b.at(i), known), L[i]![i]!))
  }
  const w: T[] = []
  for (let i = D - 1; i >= 0; i--) {
    const known = dot(D - 1 - i, (j) => multiply(L[i + 1 + j]![i]!, w[j]!))
    w.unshift(divide(subtract(z[i]!, known), L[i]![i]!))
  }
  return build(b.shape, (i) => w[i]!)
}

/** The product of the inverse matrix, whose columns solve M x = e_j, with b. */
export function invert<T>(
  arithmetic: Arithmetic<T>,
  M: NumberArray<T>,
  b: NumberArray<T>,
): NumberArray<T> {
  const { exact, multiply } = arithmetic
  const columns = Array.from({ length: b.shape[0]! }, (_, j) =>
    eliminate(
      arithmetic,
      M,
      build(b.shape, (i) => exact(i === j ? 1 : 0)),
    ),
  )
  return build(b.shape, (i) =>
    sum(arithmetic, b.shape, (j) => multiply(columns[j]!.at(i), b.at(j))),
  )
}
