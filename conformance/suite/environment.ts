import type { Clause } from '../../spec/language/clause.ts'
import { machine, suiteCommit } from '../base/runtime.ts'
import * as touchstone from '../base/touchstone.ts'
import type { Implementation } from '../engine/implementation.ts'
import { propertiesOf } from '../properties/loaded.ts'
import type { Environment, Requirement } from './model.ts'

/** What is asked of an implementation, and how. */
interface Surroundings {
  readonly seed: number
  readonly runs: number
  readonly clauses: readonly Clause[]
  readonly require?: Requirement
  /** How many processes share the work; one unless told otherwise. */
  readonly jobs?: number
}

/** What a run depends on, so that someone else can run it again. */
export function environmentOf(
  implementation: Implementation,
  { seed, runs, clauses, require = 'provided', jobs = 1 }: Surroundings,
): Environment {
  const { name, version, device, precision, profile, proof, versions, levels, conventions } =
    implementation
  return {
    implementation: { name, version },
    device,
    proof: proof ?? null,
    mismatch: null,
    precision,
    profile: profile.name,
    operations: operationsOf(implementation, clauses),
    require,
    levels: levels ?? [],
    conventions: conventions ?? {},
    seed,
    runs,
    jobs,
    touchstone: touchstone.version,
    ...machine(),
    commit: suiteCommit(),
    versions: versions ?? {},
    startedAt: new Date().toISOString(),
  }
}

/** The operations that properties of some clauses ask for, provided or not. */
function operationsOf(
  { operations, unsupported }: Implementation,
  clauses: readonly Clause[],
): Environment['operations'] {
  const asked = clauses.flatMap(({ id }) =>
    propertiesOf(id).flatMap((property) => property.operations.map((operation) => operation.id)),
  )
  const ids = [...new Set(asked)]
  const isProvided = (id: string) => Object.hasOwn(operations, id)
  const missing = ids.filter((id) => !isProvided(id))
  return {
    provided: ids.filter(isProvided),
    missing: Object.fromEntries(missing.map((id) => [id, unsupported?.[id] ?? 'not provided'])),
  }
}
