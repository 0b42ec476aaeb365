/** What other programs import: `import { checkClause, defineImplementation } from 'touchstone'`. */

export type { Precision } from '../reference/arithmetic/precision.ts'
export {
  type ClauseId,
  clauseById,
  clauses,
  type OperationById,
  type OperationId,
  operationById,
  operations,
} from '../spec/index.ts'
export type { Clause } from '../spec/language/clause.ts'
export { ArgumentError } from '../spec/language/errors.ts'
export type { Operation, Parameters } from '../spec/language/operation.ts'
export type { Tensor } from '../spec/language/tensor.ts'
export {
  type AnsweredTensor,
  type Definition,
  defineImplementation,
  type HalfTensor,
  type Operations,
  tensor,
} from './adapters/define.ts'
export { loadImplementation } from './adapters/load.ts'
export { type LaunchOptions, launch } from './adapters/process/launch.ts'
export { type ErrorCode, TouchstoneError, Unsupported } from './base/errors.ts'
export type { Capsule } from './engine/capsule.ts'
export type { Implementation } from './engine/implementation.ts'
export type { Verdict } from './engine/verdict.ts'
export type { Axes } from './protocol/axes.ts'
export type { Conventions } from './protocol/conventions.ts'
export { fromHalf, type Half, toHalf } from './protocol/half.ts'
export type { SuiteOptions } from './suite/clauses.ts'
export type { ClauseReport, Matrix, PropertyReport, Report } from './suite/model.ts'
export type { RunManyOptions, RunOptions } from './suite/run.ts'
export { checkClause, run, runClauses, runMany } from './suite/when-called.ts'
