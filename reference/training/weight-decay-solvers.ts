import { again } from '../arithmetic/again.ts'
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
  const [w] = solve(arithmetic, M, [b.data], exchanges)
  return build(b.shape, (i) => w![i]!)
}

/** The solutions of M w = b of several right-hand sides, for which the equations are reduced once. */
function solve<T>(
  arithmetic: Arithmetic<T>,
  M: NumberArray<T>,
  sides: readonly (readonly T[])[],
  exchanges: boolean,
): T[][] {
  const { divide, multiply, subtract } = arithmetic
  const D = M.shape[0]!
  const U = Array.from({ length: D }, (_, i) => Array.from({ length: D }, (_, j) => M.at(i, j)))
  const c = sides.map((b) => b.slice())
  for (let k = 0; k < D; k++) {
    if (exchanges) bringForward(arithmetic, U, c, k)
    for (let i = k + 1; i < D; i++) {
      const compute = () => divide(U[i]![k]!, U[k]![k]!)
      const computed = compute()
      // Whoever divides the k-th equation instead of its factor divides once for each coefficient.
      const factor = () => again(arithmetic, computed, compute)
      for (let j = k + 1; j < D; j++) {
        U[i]![j] = subtract(U[i]![j]!, multiply(factor(), U[k]![j]!))
      }
      for (const b of c) b[i] = subtract(b[i]!, multiply(factor(), b[k]!))
    }
  }
  return c.map((b) => {
    const w: T[] = []
    for (let i = D - 1; i >= 0; i--) {
      const known = sum(arithmetic, [D - 1 - i], (j) => multiply(U[i]![i + 1 + j]!, w[j]!))
      w.unshift(divide(subtract(b[i]!, known), U[i]![i]!))
    }
    return w
  })
}

/** Brings the equation from k on with the largest coefficient of the k-th unknown to the k-th place. */
function bringForward<T>({ toNumber }: Arithmetic<T>, U: T[][], c: T[][], k: number): void {
  const size = (i: number) => Math.abs(toNumber(U[i]![k]!))
  let largest = k
  for (let i = k + 1; i < U.length; i++) if (size(i) > size(largest)) largest = i
  for (const array of [U, ...c] as unknown[][]) {
    ;[array[k], array[largest]] = [array[largest], array[k]]
  }
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
  const units = b.data.map((_, j) => b.data.map((_, i) => exact(i === j ? 1 : 0)))
  const columns = solve(arithmetic, M, units, false)
  return build(b.shape, (i) => sum(arithmetic, b.shape, (j) => multiply(columns[j]![i]!, b.at(j))))
}
