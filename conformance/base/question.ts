import type { Operation, Parameters } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'

/** What an implementation was asked. */
export interface Question {
  readonly operation: Operation
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly parameters: Parameters
}

/** What it answered: arrays by the names of the outputs. */
export type Answer = Readonly<Record<string, Tensor>>
