import type { Space } from '../../spec/language/operation.ts'

/** The space of a law that is about a single case. */
export const nothing = { dimensions: {}, inputs: {}, parameters: {} } as const satisfies Space

/** The cases of a space, each with further parameters. */
export function withParameters<S extends Space, P extends Space['parameters']>(
  space: S,
  parameters: P,
) {
  return { ...space, parameters: { ...space.parameters, ...parameters } }
}
