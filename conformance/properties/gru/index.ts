import type { Property } from '../../engine/property.ts'
import { forwardProperties } from './forward.ts'

/** Every property of the clauses on gated recurrent units. */
export const gruProperties: readonly Property[] = [...forwardProperties]
