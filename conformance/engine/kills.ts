import type { References } from './bench.ts'
import type { Checked } from './check.ts'
import { checkProperty } from './check.ts'
import { faulty } from './fault.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'

/** Whether a property noticed a fault that it must notice, and after how many cases. */
export interface Kill {
  readonly name: string
  readonly killed: boolean
  readonly cases: number
}

/**
 * Runs a property on every fault that it must kill. A fault is killed when the property violates
 * on it; one that only throws or answers nonsense is not.
 */
export async function killFaults(
  property: Property,
  right: Implementation,
  references: References,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<readonly Kill[]> {
  const kills: Kill[] = []
  for (const fault of property.kills) {
    const { verdict }: Checked = await checkProperty(property, faulty(right, fault), references, {
      runs,
      seed,
      deadline: null,
      kept: [],
      shrink: false,
    })
    kills.push({
      name: fault.id,
      killed: verdict.outcome === 'violates',
      cases: 'cases' in verdict ? verdict.cases : 0,
    })
  }
  return kills
}
