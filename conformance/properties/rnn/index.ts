import type { Property } from '../../engine/property.ts'
import { bidirectionalProperties } from './bidirectional.ts'
import { deepInputProperties } from './deep-input.ts'
import { deepOutputProperties } from './deep-output.ts'
import { deepTransitionProperties } from './deep-transition.ts'
import { depthProperties } from './depth.ts'
import { forwardProperties } from './forward.ts'
import { forwardLawProperties } from './forward-laws.ts'
import { identityProperties } from './identity.ts'
import { lossProperties } from './loss.ts'
import { networkProperties } from './network.ts'
import { outputRecurrentProperties } from './output-recurrent.ts'
import { parameterCountProperties } from './param-count.ts'
import { scoresProperties } from './scores.ts'
import { sequenceToOneProperties } from './sequence-to-one.ts'
import { softmaxProperties } from './softmax.ts'
import { stackedProperties } from './stacked.ts'

/** Every property of the clauses on recurrent networks. */
export const rnnProperties: readonly Property[] = [
  ...forwardProperties,
  ...forwardLawProperties,
  ...identityProperties,
  ...scoresProperties,
  ...softmaxProperties,
  ...networkProperties,
  ...lossProperties,
  ...outputRecurrentProperties,
  ...sequenceToOneProperties,
  ...parameterCountProperties,
  ...depthProperties,
  ...deepInputProperties,
  ...deepTransitionProperties,
  ...deepOutputProperties,
  ...stackedProperties,
  ...bidirectionalProperties,
]
