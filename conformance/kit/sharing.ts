import type { Property } from '../engine/property.ts'

/** The same properties; those that compare the same operation with its reference share a plan. */
export function sharingPlans(properties: readonly Property[]): readonly Property[] {
  const plans = new Map<string, Property[]>()
  return properties.map((property) => {
    if (!property.agrees) return property
    const { id } = property.operations[0]!
    const plan = plans.get(id) ?? []
    plans.set(id, plan)
    const sharing = { ...property, shares: { plan } }
    plan.push(sharing)
    return sharing
  })
}
