import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { build, fromData } from '../../reference/arithmetic/array.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Bench, Comparison } from '../engine/property.ts'

/** That one number is at most another: their maximum is the other. */
export function atMost<T>(
  arithmetic: Arithmetic<T>,
  label: string,
  less: T,
  more: T,
): Comparison<T> {
  return {
    label,
    expected: build([], () => more),
    actual: build([], () => arithmetic.maximum([less, more])),
  }
}

/** That statements are true or false as said, each written as 1 or 0. */
export function truths<T, S extends Space>(
  bench: Bench<T, S>,
  label: string,
  expected: readonly boolean[],
  actual: readonly boolean[],
): Comparison<T> {
  const written = (values: readonly boolean[]) =>
    bench.exact(fromData([values.length], values.map(Number)))
  return { label, expected: written(expected), actual: written(actual) }
}
