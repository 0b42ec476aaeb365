import type { Parameters } from '../../../spec/language/operation.ts'
import type { Question } from '../../base/question.ts'
import type { Outputs } from '../../engine/implementation.ts'

/** A question in the conventions of an implementation, and how its answer is read in ours. */
export interface Converted {
  readonly question: Question
  readonly back: (outputs: Outputs) => Outputs
}

export const unchanged = (question: Question): Converted => ({ question, back: (it) => it })

/** The same question with other parameters. */
export const withParameters = (question: Question, parameters: Parameters): Question => ({
  ...question,
  parameters,
})
