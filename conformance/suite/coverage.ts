import type { Clause } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Property } from '../engine/property.ts'

/**
 * Everything that the suite covers, a line each, in an order that depends on nothing else: kept as
 * `coverage.txt`, so that whatever is lost shows as a line taken out.
 */
export function coverage(
  clauses: readonly Clause[],
  operations: readonly Operation[],
  properties: readonly Property[],
): string {
  const faults = properties.flatMap(({ kills }) => kills.map(({ id }) => id))
  const lines = [
    ...clauses.map(({ id, kind }) => `clause ${id} (${kind})`),
    ...operations.map(({ id, level }) => `operation ${id} (${level})`),
    ...operations.flatMap(({ id, classes }) =>
      Object.keys(classes).map((name) => `class ${id}: ${name}`),
    ),
    ...properties.map(({ id, kills }) => `property ${id} (kills ${kills.length})`),
    ...faults.map((id) => `fault ${id}`),
  ]
  return `${[...new Set(lines)].toSorted().join('\n')}\n`
}
