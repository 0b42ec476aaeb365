import type { Case } from '../arbitraries/case.ts'
import type { Candidate } from './candidate.ts'
import type { Property } from './property.ts'

/** Which cases of a property are tried on an implementation, and what is made of one that fails. */
export interface Plan {
  /** The seed of the drawn cases. */
  readonly seed: number
  /** Cases that are tried first: those of the property, then those that were kept. */
  readonly examples: readonly Case[]
  /** How many drawn cases are tried after them. */
  readonly runs: number
  /** Whether the first failing case ends it. */
  readonly untilFirst: boolean
  /** Whether a counterexample is made as small as possible. */
  readonly shrink: boolean
  /** Whether a capsule holds what the reference computes on the way. */
  readonly intermediates: boolean
}

export function planOf(property: Property, candidate: Candidate, seed: number): Plan {
  const { kept, runs, shrink, untilFirst = false, intermediates = true } = candidate
  return {
    seed,
    examples: [...property.examples, ...kept],
    runs: Math.ceil(runs * property.share),
    untilFirst,
    shrink,
    intermediates,
  }
}
