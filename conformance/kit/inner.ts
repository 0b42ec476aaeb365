import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../../reference/arithmetic/array.ts'

/** ⟨x, y⟩, the sum of the products of all elements. */
export function inner<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>): T {
  return sum(arithmetic, x.shape, (...at) => arithmetic.multiply(x.at(...at), y.at(...at)))
}

/** A single number as an array. */
export const scalar = <T>(value: T): NumberArray<T> => build([], () => value)
