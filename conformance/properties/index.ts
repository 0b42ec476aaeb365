import { areaOf } from '../../spec/language/area.ts'
import type { Property } from '../engine/property.ts'
import { stated, statedOf } from './areas.ts'
import { keepArea, loadedProperties } from './loaded.ts'

for (const area of new Set(stated.map(({ clause }) => areaOf(clause)))) {
  keepArea(area, statedOf(area))
}

/** Every property, in the order of the clauses: what areas state, and what follows for every operation. */
export const properties: readonly Property[] = loadedProperties()
