import * as cell from './cell.ts'
import * as forward from './forward.ts'
import * as paramCount from './param-count.ts'

/** The clauses on long short-term memory, in the order of the notes. */
export const clauses = [
  cell.gradientFlow,
  forward.sequence,
  cell.forgetGate,
  cell.forgetLimits,
  cell.inputGate,
  cell.candidate,
  cell.cellUpdate,
  cell.outputHidden,
  cell.ranges,
  forward.gradient,
  paramCount.variants,
] as const
