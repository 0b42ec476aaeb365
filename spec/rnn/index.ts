import * as forward from './forward.ts'
import * as laws from './forward-laws.ts'
import { identity } from './identity.ts'

/** The clauses on recurrent networks, in the order of the notes. */
export const clauses = [
  laws.variableLength,
  laws.sameLength,
  laws.timeShared,
  laws.feedforward,
  laws.orderDependence,
  forward.hidden,
  forward.gradient,
  identity,
] as const
