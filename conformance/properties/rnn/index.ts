import type { Property } from '../../engine/property.ts'
import { forwardProperties } from './forward.ts'
import { forwardLawProperties } from './forward-laws.ts'
import { identityProperties } from './identity.ts'
import { lossProperties } from './loss.ts'
import { networkProperties } from './network.ts'
import { scoresProperties } from './scores.ts'
import { softmaxProperties } from './softmax.ts'

/** Every property of the clauses on recurrent networks. */
export const rnnProperties: readonly Property[] = [
  ...forwardProperties,
  ...forwardLawProperties,
  ...identityProperties,
  ...scoresProperties,
  ...softmaxProperties,
  ...networkProperties,
  ...lossProperties,
]
