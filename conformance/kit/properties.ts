import type { Definition } from './definition.ts'

/** The properties of a clause; each name is used once. */
export function properties(
  clause: { readonly id: string },
  ...definitions: readonly (Definition | readonly Definition[])[]
) {
  return definitions.flat().map((define) => define(clause.id))
}
