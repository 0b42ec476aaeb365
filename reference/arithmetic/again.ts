import type { Arithmetic } from './arithmetic.ts'

/**
 * What was computed already, or the same once more where that may bring other roundings: a gradient
 * whose forward pass an implementation repeats, to save memory, multiplies with other states than those
 * that its slopes are of.
 */
export function again<T, R>(arithmetic: Arithmetic<T>, computed: R, compute: () => R): R {
  return arithmetic.again === undefined ? computed : arithmetic.again(computed, compute)
}
