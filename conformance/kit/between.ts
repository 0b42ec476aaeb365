import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Comparison } from '../engine/property.ts'

/**
 * What an inequality says: numbers equal themselves, held between their limits.
 * As a comparison it allows for the errors of all three, and shows by how much a limit is passed.
 */
export function between<T>(
  { maximum, negate }: Arithmetic<T>,
  label: string,
  actual: NumberArray<T>,
  low: NumberArray<T> | null,
  high: NumberArray<T> | null,
): Comparison<T> {
  const expected = build(actual.shape, (...at) => {
    const raised = low === null ? actual.at(...at) : maximum([low.at(...at), actual.at(...at)])
    return high === null ? raised : negate(maximum([negate(raised), negate(high.at(...at))]))
  })
  return { label, expected, actual }
}
