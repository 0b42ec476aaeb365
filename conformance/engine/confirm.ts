import { UnstableAnswer } from '../base/errors.ts'
import type { Answer, Question } from '../base/question.ts'
import { sameQuestion } from '../base/same-question.ts'
import { attempt } from './attempt.ts'
import { expectedWithin } from './bench.ts'
import type { Prepared } from './cases.ts'
import { boundedBy, expectedOf } from './expectations.ts'
import type { Subject } from './subject.ts'
import { type Asked, type Failure, fails, isFinal } from './trial.ts'
import { bothWithin, unstable } from './unstable.ts'

/** How many more times a failing case is asked before it is judged. */
const moreTimes = 3

/**
 * A failing case asked again: the same failure, or that the answers are not the same. What takes long
 * or ends a process is not asked again, and neither is what went wrong in this project.
 */
export async function confirm(
  subject: Subject,
  prepared: Prepared,
  failure: Failure,
): Promise<Failure> {
  if (isFinal(failure) || failure.result === 'unstable' || failure.kind === 'defect') return failure
  const { trial, asked } = await attempt(subject, prepared, moreTimes)
  if (trial.result === 'unstable') return trial
  const changed = changeBetween(subject, prepared, failure.asked, asked)
  if (changed !== null) return changed
  const then = trial.result === 'declined' ? 'it declined' : 'it conformed'
  // What was no answer is not unstable, but an error, even where it comes once only.
  if (failure.result === 'errored' || fails(trial) || isFinal(trial)) return failure
  return {
    result: 'unstable',
    kind: 'unstable',
    where: failure.where,
    reason: `asked again, ${then}; before: ${failure.reason}`,
    comparisons: failure.comparisons,
    twice: null,
    asked: failure.asked,
  }
}

/** The first question that was answered otherwise the second time. */
function changeBetween(
  { implementation, property }: Subject,
  { expectations }: Prepared,
  before: readonly Asked[],
  after: readonly Asked[],
): Failure | null {
  if (property.check.kind === 'rejection') return null
  for (const [i, { question, answer }] of before.entries()) {
    const again = answerTo(question, after, i)
    if (answer === null || again === null || isSame(answer, again)) continue
    const { operation, inputs, parameters } = question
    const bounds = boundedBy(implementation.precision, implementation.profile)
    const expected = expectedOf(() =>
      expectedWithin(bounds, expectations, operation, inputs, parameters),
    )
    const allowed =
      implementation.reproducible === 'within-bound' && bothWithin(expected, answer, again)
    if (allowed) return null
    return unstable(new UnstableAnswer(question, answer, again), expected, before)
  }
  return null
}

/**
 * What was answered the second time. Questions that wait for none of each other may come in another order,
 * and what follows from another answer is another question, of which nothing was said.
 */
function answerTo(question: Question, after: readonly Asked[], place: number): Answer | null {
  const there = after[place]
  const again =
    there !== undefined && sameQuestion(there.question, question)
      ? there
      : after.find((other) => sameQuestion(other.question, question))
  return again?.answer ?? null
}

function isSame(one: Answer, other: Answer): boolean {
  return Object.entries(one).every(([output, { data }]) =>
    data.every((value, i) => Object.is(value, other[output]!.data[i])),
  )
}
