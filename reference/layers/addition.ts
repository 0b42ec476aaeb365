import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'

/**
 * The sum of two arrays, element by element.
 *
 * Formula    z[…] = x[…] + y[…]
 * Shapes     x, y, z: the same
 */
export function plus<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  y: NumberArray<T>,
): NumberArray<T> {
  return build(x.shape, (...at) => arithmetic.add(x.at(...at), y.at(...at)))
}

/**
 * The difference of two arrays, element by element.
 *
 * Formula    z[…] = x[…] − y[…]
 * Shapes     x, y, z: the same
 */
export function minus<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  y: NumberArray<T>,
): NumberArray<T> {
  return build(x.shape, (...at) => arithmetic.subtract(x.at(...at), y.at(...at)))
}
