import type { Clause } from '../../../spec/language/clause.ts'
import { sharesOf, unitsOf, type Weigh } from '../divide.ts'
import { digestOf } from './file.ts'

interface Into {
  readonly count: number
  /** Cases a property. */
  readonly runs: number
  /** How much work a property is; by its cases, unless told otherwise. */
  readonly weigh?: Weigh | undefined
}

/** The clauses of each shard of a run, and a digest by which all of them can see that they were divided alike. */
export function divide(clauses: readonly Clause[], { count, runs, weigh }: Into) {
  const shares = sharesOf(unitsOf(clauses, runs, weigh), count, runs, weigh).map((share) => {
    const chosen = new Set(share)
    return clauses.filter((clause) => chosen.has(clause))
  })
  const division = digestOf(shares.map((share) => share.map(({ id }) => id).join()).join(';'))
  return { shares, division }
}
