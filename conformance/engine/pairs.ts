import type { Operation } from '../../spec/language/operation.ts'
import { Pairs } from '../arbitraries/factors.ts'

const known = new WeakMap<Operation, Pairs>()

/** The pairs of levels of the factors of an operation, worked out once. */
export function pairsOf(operation: Operation): Pairs {
  const pairs = known.get(operation) ?? new Pairs(operation)
  known.set(operation, pairs)
  return pairs
}
