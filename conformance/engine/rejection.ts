import { ArgumentError } from '../../spec/language/errors.ts'
import type { Case } from '../arbitraries/case.ts'
import { ChangedInput, ImplementationError, MalformedAnswer } from '../base/errors.ts'
import type { Answers } from './answers.ts'
import type { Property } from './property.ts'
import { type Trial, violation } from './trial.ts'

/** Tries every way in which a case can be spoilt: each must be rejected, and the argument named. */
export async function attemptRejection(
  property: Property,
  testCase: Case,
  answers: Answers,
): Promise<Trial> {
  if (property.check.kind !== 'rejection') throw new Error(`${property.id} rejects nothing`)
  const { operation, invalidities } = property.check
  for (const invalidity of invalidities) {
    const spoiled = invalidity.spoil(testCase)
    if (spoiled === undefined) continue
    try {
      await answers.ask(operation, spoiled.inputs, spoiled.parameters)
    } catch (thrown) {
      if (thrown instanceof ImplementationError) {
        const problem = unhelpful(thrown.cause, invalidity.argument)
        if (problem === null) continue
        return violation(`${invalidity.name}: ${problem}`, answers.questions)
      }
      if (!(thrown instanceof MalformedAnswer || thrown instanceof ChangedInput)) throw thrown
    }
    const problem = `it answered instead of rejecting ${invalidity.argument}`
    return violation(`${invalidity.name}: ${problem}`, answers.questions)
  }
  return { result: 'agrees', utilization: 0 }
}

/** An `ArgumentError` must blame the argument that was spoilt; other implementations may say it in their way. */
function unhelpful(thrown: unknown, argument: string): string | null {
  if (!(thrown instanceof ArgumentError)) return null
  const names = argument.split(' or ')
  return names.some((name) => thrown.argument.startsWith(name))
    ? null
    : `it blamed ${thrown.argument}, not ${argument}`
}
