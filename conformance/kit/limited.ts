import { build, type NumberArray } from '../../reference/arithmetic/array.ts'
import { withError } from '../../reference/arithmetic/bounded.ts'
import { scalar } from './arrays.ts'

/** A number that should be 0 but for its limit; on reals every number is one with a bound. */
export function limited<T>(actual: number, limit: number) {
  return {
    expected: scalar(withError(0, limit) as T),
    actual: scalar(withError(actual, 0) as T),
  }
}

/** A square matrix that should be the identity, each of its elements but for the same limit; on reals. */
export function nearIdentity<T>(actual: NumberArray<number>, limit: number) {
  return {
    expected: build(actual.shape, (i, j) => withError(i === j ? 1 : 0, limit) as T),
    actual: build(actual.shape, (i, j) => withError(actual.at(i, j), 0) as T),
  }
}
