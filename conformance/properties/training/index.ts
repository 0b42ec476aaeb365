import type { Property } from '../../engine/property.ts'

/** Every property of the clauses on training diagnosis. */
export const trainingProperties: readonly Property[] = []
