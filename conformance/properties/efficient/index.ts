import type { Property } from '../../engine/property.ts'

/** Every property of the clauses on efficient architectures. */
export const efficientProperties: readonly Property[] = []
