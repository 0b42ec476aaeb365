import type { Property } from '../../engine/property.ts'
import { forwardProperties } from './forward.ts'
import { forwardLawProperties } from './forward-laws.ts'
import { identityProperties } from './identity.ts'

/** Every property of the clauses on recurrent networks. */
export const rnnProperties: readonly Property[] = [
  ...forwardProperties,
  ...forwardLawProperties,
  ...identityProperties,
]
