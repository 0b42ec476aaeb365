import type { Property } from '../engine/property.ts'

/** Properties by their clause, in one pass: to look through all of them for each clause is as slow as it sounds. */
export function byClause(
  properties: readonly Property[],
): ReadonlyMap<Property['clause'], readonly Property[]> {
  const together = new Map<Property['clause'], Property[]>()
  for (const property of properties) {
    const known = together.get(property.clause)
    if (known === undefined) together.set(property.clause, [property])
    else known.push(property)
  }
  return together
}
