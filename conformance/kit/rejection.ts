import type { Operation } from '../../spec/language/operation.ts'
import type { Invalidity } from '../arbitraries/invalid.ts'
import type { Common, Definition } from './definition.ts'

/** Arguments outside the signature are rejected, not answered. */
export function rejection<O extends Operation>(
  name: string,
  operation: O,
  invalidities: readonly Invalidity[],
  options: Common,
): Definition {
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title: options.title,
    operations: [operation],
    space: operation,
    values: 'integers',
    kills: options.kills,
    share: options.share ?? 1,
    examples: [],
    check: { kind: 'rejection', operation, invalidities },
  })
}
