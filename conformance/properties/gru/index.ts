import type { Property } from '../../engine/property.ts'
import { forwardProperties } from './forward.ts'
import { forwardLawProperties } from './forward-laws.ts'
import { mergedGateProperties } from './merged-gate.ts'
import { paramRatioProperties } from './param-ratio.ts'

/** Every property of the clauses on gated recurrent units. */
export const gruProperties: readonly Property[] = [
  ...forwardProperties,
  ...forwardLawProperties,
  ...mergedGateProperties,
  ...paramRatioProperties,
]
