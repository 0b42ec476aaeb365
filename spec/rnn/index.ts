import * as forward from './forward.ts'
import * as laws from './forward-laws.ts'
import { identity } from './identity.ts'
import * as loss from './loss.ts'
import * as network from './network.ts'
import { outputFromMemory } from './scores.ts'
import { stable } from './softmax.ts'

/** The clauses on recurrent networks, in the order of the notes. */
export const clauses = [
  laws.variableLength,
  laws.sameLength,
  loss.lossOfSequence,
  network.parameterShapes,
  laws.timeShared,
  laws.feedforward,
  laws.orderDependence,
  outputFromMemory,
  network.hiddenRecurrent,
  network.threeBlocks,
  forward.hidden,
  forward.gradient,
  network.probabilities,
  stable,
  loss.stepLoss,
  loss.totalLoss,
  identity,
] as const
