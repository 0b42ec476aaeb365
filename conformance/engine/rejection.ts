import { ArgumentError } from '../../spec/language/errors.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import {
  ChangedInput,
  ErrorAnswer,
  ImplementationError,
  MalformedAnswer,
  Unsupported,
  WrongType,
} from '../base/errors.ts'
import type { Answer, Question } from '../base/question.ts'
import type { Answers } from './answers.ts'
import { declinedBy } from './domain.ts'
import type { Property } from './property.ts'
import { trialOf } from './thrown.ts'
import type { Trial, Violation } from './trial.ts'

/**
 * Tries every way in which a case can be spoilt: each must be rejected, and the argument named.
 *
 * An array of another element type may be taken for the numbers that it holds instead: `isWrong` says
 * whether the answer is another one than to the valid case.
 *
 * To decline arguments that are out of range is to reject them. But one that declines the case itself has
 * shown nothing by declining what was made of it.
 */
export async function attemptRejection(
  property: Property,
  testCase: Case,
  answers: Answers,
  isWrong: (question: Question, answer: Answer) => boolean,
): Promise<Trial> {
  if (property.check.kind !== 'rejection') throw new Error(`${property.id} rejects nothing`)
  const { operation, invalidities } = property.check
  const { implementation } = answers.asking
  const declared = declinedBy(implementation, { operation, ...testCase })
  const isClaimed = implementation.levels?.includes(operation.level)
  if (declared !== null && !isClaimed) return { result: 'declined', reason: declared }
  const found: Violation[] = []
  let declines = false
  for (const { name, argument, spoil, sameNumbers } of invalidities) {
    const spoiled = spoil(testCase)
    if (spoiled === undefined) continue
    const answered = `it answered instead of rejecting ${argument}`
    let problem: string | null = answered
    const before = answers.asked.length
    try {
      const answer = await answers.ask(operation, spoiled.inputs, spoiled.parameters)
      if (sameNumbers) {
        const valid = { operation, ...testCase }
        const wrong = isWrong(valid, answer) && (await isRightAbout(valid, answers, isWrong))
        problem = wrong ? `${answered} or reading its numbers as what they are` : null
      }
    } catch (thrown) {
      if (thrown instanceof ImplementationError) problem = unhelpful(thrown.cause, argument)
      else if (thrown instanceof Unsupported) [problem, declines] = [null, true]
      // Numbers that came in a wider type may go out in it.
      else if (sameNumbers && thrown instanceof WrongType) problem = null
      else if (thrown instanceof ErrorAnswer) problem = null
      else if (!(thrown instanceof MalformedAnswer || thrown instanceof ChangedInput)) {
        const trial = trialOf(thrown, answers.asked.slice(before))
        // Of what a hang or a crash was asked, only the spoilt question tells.
        if (trial.result === 'errored' && trial.kind !== 'defect')
          return { ...trial, invalid: name }
        throw thrown
      }
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
  if (first !== undefined) return { ...first, also }
  const tells = answers.asked.length > 0 && !declines
  const reason = tells ? null : await declinedItself(operation, testCase, answers)
  return reason === null
    ? { result: 'agrees', utilization: 0, floor: null }
    : { result: 'declined', reason }
}

/** Whether a valid case is answered rightly: if not, types have nothing to do with it. */
async function isRightAbout(
  question: Question,
  answers: Answers,
  isWrong: (question: Question, answer: Answer) => boolean,
): Promise<boolean> {
  const { operation, inputs, parameters } = question
  try {
    return !isWrong(question, await answers.ask(operation, inputs, parameters))
  } catch (thrown) {
    if (thrown instanceof ImplementationError || thrown instanceof MalformedAnswer) return false
    throw thrown
  }
}

/** Why a valid case is not taken; `null` where it is, whatever is answered to it. */
async function declinedItself(
  operation: Operation,
  { inputs, parameters }: Case,
  answers: Answers,
): Promise<string | null> {
  try {
    await answers.ask(operation, inputs, parameters)
    return null
  } catch (thrown) {
    if (thrown instanceof Unsupported) return thrown.message
    const isOther = [ImplementationError, MalformedAnswer, ErrorAnswer]
    if (isOther.some((kind) => thrown instanceof kind)) return null
    throw thrown
  }
}

/** An `ArgumentError` must blame the argument that was spoilt; other implementations may say it in their way. */
function unhelpful(thrown: unknown, argument: string): string | null {
  if (!(thrown instanceof ArgumentError)) return null
  const names = argument.split(' or ')
  return names.some((name) => thrown.argument.startsWith(name))
    ? null
    : `it blamed ${thrown.argument}, not ${argument}`
}
