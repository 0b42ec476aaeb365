import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * Euclidean norm of the numbers of several arrays together.
 *
 * Formula    ‖g‖ = √(Σ g²), written s √(Σ (g / s)²) with a power of two s near the largest of them, so
 *            that no square leaves the range of the numbers
 * Shapes     arrays of any shapes → one number
 * Edges      no number, or zeros only: 0
 * Source     Blue (1978), A portable Fortran program to find the Euclidean norm of a vector
 */
export function norm<T>(arithmetic: Arithmetic<T>, ...arrays: readonly NumberArray<T>[]): T {
  const { divide, exact, multiply, sqrt, toNumber } = arithmetic
  const g = arrays.flatMap(({ data }) => data)
  const s = exact(powerNear(Math.max(0, ...g.map((value) => Math.abs(toNumber(value))))))
  const parts = g.map((value) => divide(value, s))
  const squares = sum(arithmetic, [parts.length], (i) => multiply(parts[i]!, parts[i]!))
  return multiply(s, sqrt(squares))
}

/** A power of two that single precision holds, near a number where it can be. */
function powerNear(size: number): number {
  if (!(size > 0 && Number.isFinite(size))) return 1
  return 2 ** Math.min(126, Math.max(-126, Math.floor(Math.log2(size))))
}
