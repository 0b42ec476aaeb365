import type { Report } from './model.ts'
import { classesOf, faultsOf } from './summarize.ts'

/** From this many cases a property on, every class of case has to be reached. */
const enoughCases = 100

/**
 * Whether a run is a pass: every property conforms, every fault was noticed and, if the cases were
 * many enough, every class of case was reached. A run of nothing is none.
 */
export function passes({ summary, clauses, environment }: Report): boolean {
  const unreached = Object.values(classesOf(clauses)).some((times) => times === 0)
  return (
    summary.properties > 0 &&
    clauses.every(({ verdict, tested }) => verdict === 'conforms' && tested) &&
    Object.values(faultsOf(clauses)).every(Boolean) &&
    !(unreached && environment.runs >= enoughCases)
  )
}
