import { afterAll, describe, it } from 'vitest'
import { clauses as everyClause } from '../spec/index.ts'
import { loadImplementation } from './adapters/load.ts'
import { NonConformance } from './base/errors.ts'
import type { Implementation } from './engine/implementation.ts'
import { propertiesOf } from './properties/loaded.ts'
import './properties/index.ts'
import { rowsOf } from './report/rows.ts'
import { checkClause } from './suite/clauses.ts'
import type { PropertyReport } from './suite/model.ts'
import { selectClauses } from './suite/select.ts'

export interface ConformanceOptions {
  /** Only clauses whose ids match, such as `['cnn.pool.*']`; all that concern what is provided, unless told otherwise. */
  readonly clauses?: readonly string[]
  /** Cases a property; 100 unless told otherwise. */
  readonly runs?: number
  /** Another seed draws other cases. */
  readonly seed?: number
  /** How long a clause may take, in seconds; 60 unless told otherwise. */
  readonly timeout?: number
}

/**
 * Registers a test for each clause, in the Vitest suite of whoever calls it:
 *
 * ```ts
 * import { conformance } from 'touchstone/vitest'
 * import mine from './mine.ts'
 * conformance(mine)
 * ```
 *
 * A test passes when every property of its clause conforms of which the implementation takes any case,
 * is skipped where it takes none, and fails otherwise, with the smallest case. Instead of an implementation, the text that goes after `--implementation` is taken too; what
 * it provides is not known when tests are registered, so then `clauses` says which are to hold.
 */
export function conformance(
  implementation: Implementation | string,
  { clauses = [], runs = 100, seed = 0, timeout = 60 }: ConformanceOptions = {},
): void {
  const given = typeof implementation === 'string' ? null : implementation
  const name = given?.name ?? String(implementation)
  const concerned = selectClauses(everyClause, clauses).filter(
    ({ id }) => clauses.length > 0 || given === null || concerns(given, id),
  )
  let opened: Promise<Implementation> | undefined

  describe(`${name} conforms to the specification`, () => {
    afterAll(async () => {
      if (given === null) await (await opened?.catch(() => undefined))?.close?.()
    })
    it.for(concerned.map((clause) => [clause.id, clause] as const))(
      '%s',
      { timeout: timeout * 1000 },
      async ([, clause], context) => {
        opened ??= given === null ? loadImplementation(name) : Promise.resolve(given)
        const subject = await opened
        const checked = await checkClause(clause, subject, { runs, seed, deadline: null, kept: {} })
        const asked = checked.properties.filter(
          ({ verdict: { outcome } }) => outcome !== 'unsupported' && outcome !== 'declined',
        )
        const failed = asked.filter(({ verdict }) => verdict.outcome !== 'conforms')
        context.skip(asked.length === 0, 'it takes no case of it')
        if (failed.length > 0) throw new NonConformance(described(clause.title, failed))
      },
    )
  })
}

/** Whether an implementation provides everything that some property of a clause asks for. */
function concerns({ operations }: Implementation, clause: string): boolean {
  return propertiesOf(clause).some((property) =>
    property.operations.every(({ id }) => Object.hasOwn(operations, id)),
  )
}

/** What failed, with the smallest case of each property. */
function described(title: string, failed: readonly PropertyReport[]): string {
  const properties = failed.map(({ id, verdict }) =>
    [
      `${verdict.outcome}  ${id}`,
      ...rowsOf(verdict).map(([row, text]) => `  ${row.padEnd(12)}${text}`),
    ].join('\n'),
  )
  return [title, ...properties].join('\n\n')
}
