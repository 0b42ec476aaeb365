import type { Property } from '../../engine/property.ts'

/** Every property of the clauses on transfer learning. */
export const transferProperties: readonly Property[] = []
