import { bidirectionalClause } from './bidirectional.ts'
import { deepInputClause } from './deep-input.ts'
import { deepOutputClause } from './deep-output.ts'
import { deepTransitionClause } from './deep-transition.ts'
import { placements } from './depth.ts'
import * as forward from './forward.ts'
import * as laws from './forward-laws.ts'
import { identity } from './identity.ts'
import * as loss from './loss.ts'
import * as network from './network.ts'
import { outputRecurrentClause } from './output-recurrent.ts'
import { lengthIndependent } from './param-count.ts'
import { outputFromMemory } from './scores.ts'
import { sequenceToOneClause } from './sequence-to-one.ts'
import { stable } from './softmax.ts'
import { stackedClause } from './stacked.ts'

/** The clauses on recurrent networks, in the order of the notes. */
export const clauses = [
  laws.variableLength,
  laws.sameLength,
  loss.lossOfSequence,
  network.parameterShapes,
  lengthIndependent,
  laws.timeShared,
  laws.feedforward,
  laws.orderDependence,
  outputFromMemory,
  network.hiddenRecurrent,
  outputRecurrentClause,
  sequenceToOneClause,
  network.threeBlocks,
  placements,
  deepInputClause,
  deepTransitionClause,
  deepOutputClause,
  stackedClause,
  bidirectionalClause,
  forward.hidden,
  forward.gradient,
  network.probabilities,
  stable,
  loss.stepLoss,
  loss.totalLoss,
  identity,
] as const
