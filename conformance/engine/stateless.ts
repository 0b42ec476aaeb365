import { operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Implementation } from './implementation.ts'

/** The outputs that an implementation says it cannot return all of. */
export function withheld(
  { stateless = {} }: Pick<Implementation, 'stateless'>,
  { id, states = [] }: Operation,
): readonly string[] {
  return Object.hasOwn(stateless, id) ? states : []
}

/** What is wrong with what is declared to be returned by no one, in words; `null` when nothing is. */
export function problemWithStateless(stateless: Readonly<Record<string, unknown>>): string | null {
  for (const id of Object.keys(stateless)) {
    const operation = operationById(id)
    if (operation === undefined) return `stateless: there is no operation ${id}`
    if (!operation.states?.length) return `stateless: ${id} has no states that it could return`
  }
  return null
}
