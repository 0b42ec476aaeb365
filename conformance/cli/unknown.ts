import { clauseById, clauses, operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { UsageError } from '../base/errors.ts'
import { nearest } from '../base/nearest.ts'

/** Says that no clause or operation is called so, and which ones could have been meant. */
export function unknown(subject: string, operationWanted: boolean): UsageError {
  if (operationWanted && clauseById(subject)) {
    return new UsageError(`${subject} is a clause, not an operation`, [
      `touchstone show ${subject}`,
      'it is about',
      ...clauseById(subject)!.operations.map(({ id }) => `  ${id}`),
    ])
  }
  const lists: readonly (readonly (Clause | Operation)[])[] = [clauses, operations]
  const ids = new Set(
    lists.slice(operationWanted ? 1 : 0).flatMap((list) => list.map(({ id }) => id)),
  )
  if (/\.tsx?(?::\d+)?$/.test(subject)) {
    return new UsageError(`no clause or operation stands in ${subject}`, [
      'files and lines are those of this package, such as impl/cnn/conv2d.ts:20',
    ])
  }
  const near = nearest(subject, [...ids])
  return new UsageError(
    `there is no ${operationWanted ? 'operation' : 'clause or operation'} ${subject}`,
    [
      ...(near.length > 0 ? ['did you mean', ...near.map((id) => `  ${id}`)] : []),
      'touchstone list shows all clauses, touchstone list --operations all operations',
    ],
  )
}
