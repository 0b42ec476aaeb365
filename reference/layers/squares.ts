import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * The sum of the squares of all elements.
 *
 * Formula    ‖r‖² = Σ r[…]²
 * Shapes     r: any → one number
 * Edges      no element gives 0
 */
export function sumOfSquares<T>(arithmetic: Arithmetic<T>, r: NumberArray<T>): T {
  return sum(arithmetic, r.shape, (...at) => arithmetic.multiply(r.at(...at), r.at(...at)))
}
