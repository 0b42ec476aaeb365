import { ArgumentError } from '../../spec/language/errors.ts'
import type { Case } from '../arbitraries/case.ts'
import { ChangedInput, ImplementationError, MalformedAnswer } from '../base/errors.ts'
import type { Answers } from './answers.ts'
import type { Property } from './property.ts'
import type { Trial, Violation } from './trial.ts'

/** Tries every way in which a case can be spoilt: each must be rejected, and the argument named. */
export async function attemptRejection(
  property: Property,
  testCase: Case,
  answers: Answers,
): Promise<Trial> {
  if (property.check.kind !== 'rejection') throw new Error(`${property.id} rejects nothing`)
  const { operation, invalidities } = property.check
  const found: Violation[] = []
  for (const { name, argument, spoil } of invalidities) {
    const spoiled = spoil(testCase)
    if (spoiled === undefined) continue
    let problem: string | null = `it answered instead of rejecting ${argument}`
    const before = answers.asked.length
    try {
      await answers.ask(operation, spoiled.inputs, spoiled.parameters)
    } catch (thrown) {
      if (thrown instanceof ImplementationError) problem = unhelpful(thrown.cause, argument)
      else if (!(thrown instanceof MalformedAnswer || thrown instanceof ChangedInput)) throw thrown
    }
    if (problem === null) continue
    found.push({
      result: 'violates',
      reason: `${name}: ${problem}`,
      kind: 'accepted',
      where: name,
      difference: null,
      severity: Number.POSITIVE_INFINITY,
      comparisons: [],
      asked: answers.asked.slice(before),
      invalid: name,
    })
  }
  const [first, ...also] = found
  return first === undefined ? { result: 'agrees', utilization: 0 } : { ...first, also }
}

/** An `ArgumentError` must blame the argument that was spoilt; other implementations may say it in their way. */
function unhelpful(thrown: unknown, argument: string): string | null {
  if (!(thrown instanceof ArgumentError)) return null
  const names = argument.split(' or ')
  return names.some((name) => thrown.argument.startsWith(name))
    ? null
    : `it blamed ${thrown.argument}, not ${argument}`
}
