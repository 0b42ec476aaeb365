import type { References } from '../../reference/reference.ts'
import type { Candidate, Checked } from './candidate.ts'
import { checkProperties } from './check.ts'
import { type Fault, faulty } from './fault.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'

/** Whether a property noticed a fault that it must notice, and after how many cases. */
export interface Kill {
  readonly name: string
  readonly killed: boolean
  readonly cases: number
}

/** How many cases a property has to notice a fault that it must kill. */
const casesToKill = 100

/**
 * Checks a property on implementations, and on every fault that it must kill, on the same cases.
 * A fault is killed when the property violates on it; one that only throws or answers nonsense is not.
 */
export async function checkWithFaults(
  property: Property,
  candidates: readonly Candidate[],
  right: Implementation,
  references: References,
  seed: number,
): Promise<{ readonly checked: readonly Checked[]; readonly kills: readonly Kill[] }> {
  const faults = property.kills.map((fault) => candidateOf(fault, right))
  const all = await checkProperties(property, [...candidates, ...faults], references, seed)
  const kills = property.kills.map((fault, i): Kill => {
    const { verdict } = all[candidates.length + i]!
    const cases = 'cases' in verdict ? verdict.cases : 0
    return { name: fault.id, killed: verdict.outcome === 'violates', cases }
  })
  return { checked: all.slice(0, candidates.length), kills }
}

function candidateOf(fault: Fault, right: Implementation): Candidate {
  return {
    implementation: faulty(right, fault),
    runs: casesToKill,
    deadline: null,
    kept: [],
    untilFirst: true,
    shrink: false,
    repeat: false,
    intermediates: false,
  }
}
