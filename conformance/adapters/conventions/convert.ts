import type { Parameters } from '../../../spec/language/operation.ts'
import type { Question } from '../../base/question.ts'
import type { Outputs } from '../../engine/implementation.ts'
import type { Conventions } from '../../protocol/conventions.ts'

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

export type Converter = (question: Question, conventions: Conventions) => Converted

/** One conversion after the other; the answer to the last is read by all of them, back to the first. */
export function inTurn(...converters: readonly Converter[]): Converter {
  return (question, conventions) =>
    converters.reduce<Converted>((so, convert) => {
      const { question, back } = convert(so.question, conventions)
      return { question, back: (outputs) => so.back(back(outputs)) }
    }, unchanged(question))
}
