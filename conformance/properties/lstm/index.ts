import type { Property } from '../../engine/property.ts'
import { cellProperties } from './cell.ts'
import { forwardProperties } from './forward.ts'
import { parameterCountProperties } from './param-count.ts'

/** Every property of the clauses on long short-term memory. */
export const lstmProperties: readonly Property[] = [
  ...cellProperties,
  ...forwardProperties,
  ...parameterCountProperties,
]
