import type { References } from '../../reference/reference.ts'
import type { Candidate } from './candidate.ts'
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
 * Checks a property on every fault that it must kill, on the cases that implementations get. A fault is
 * killed when the property violates on it; one that only throws or answers nonsense is not.
 */
export async function killFaults(
  property: Property,
  right: Implementation,
  references: References,
  seed: number,
): Promise<readonly Kill[]> {
  const faults = property.kills.map((fault) => candidateOf(fault, right))
  const checked = await checkProperties(property, faults, references, seed)
  return property.kills.map((fault, i): Kill => {
    const { verdict } = checked[i]!
    const cases = 'cases' in verdict ? verdict.cases : 0
    return { name: fault.id, killed: verdict.outcome === 'violates', cases }
  })
}

/**
 * What became of the faults of properties, by their ids. It depends on the code and on the seed, and on nothing of
 * an implementation that is asked.
 */
export type KnownKills = ReadonlyMap<string, readonly Kill[]>

/** What is known to have become of the faults of a property; `undefined` where that is not all of them, noticed. */
export function knownKills(
  { id, kills }: Property,
  known: KnownKills | undefined,
): readonly Kill[] | undefined {
  const found = known?.get(id)
  const isAll =
    found?.length === kills.length &&
    found.every(({ name, killed, cases }, i) => {
      return name === kills[i]!.id && killed && Number.isSafeInteger(cases)
    })
  return isAll ? found : undefined
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
