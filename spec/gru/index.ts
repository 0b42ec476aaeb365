import * as forward from './forward.ts'
import * as laws from './forward-laws.ts'
import { mergedGate } from './merged-gate.ts'
import { paramRatio } from './param-ratio.ts'

/** The clauses on gated recurrent units, in the order of the notes. */
export const clauses = [
  forward.state,
  forward.gradient,
  laws.sequences,
  laws.closedGates,
  mergedGate,
  paramRatio,
] as const
