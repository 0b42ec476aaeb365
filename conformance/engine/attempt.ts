import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { fromData, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { ErrorAnswer, ImplementationError, UnstableAnswer, WrongShape } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Answer, Question } from '../base/question.ts'
import { Answers } from './answers.ts'
import { boundedBench, boundsOf, expectedWithin, ours, plainBench } from './bench.ts'
import type { Drawn, Prepared } from './cases.ts'
import { compareOn, plain, readBounded, readPlain, violationOf } from './comparison.ts'
import { type Expectations, expectedOf } from './expectations.ts'
import { judge } from './judge.ts'
import { attemptRejection } from './rejection.ts'
import type { Subject } from './subject.ts'
import { trialOf } from './thrown.ts'
import { type Asked, fails, type Trial, type Violation } from './trial.ts'
import { bothWithin, unstable } from './unstable.ts'

/** Every how many cases a question is asked twice; the first case always is. */
const twiceEvery = 16

/** Tries the case with a number among all of a property; now and then each question is asked twice. */
export async function attemptNumbered(
  subject: Subject,
  drawn: Drawn,
  index: number,
): Promise<Trial> {
  const times = subject.repeat && index % twiceEvery === 0 ? 2 : 1
  const prepared = drawn.on(subject.implementation.precision)
  const { trial, asked } = await attempt(subject, prepared, times)
  subject.evidence?.note(asked, fails(trial))
  return trial
}

/**
 * Tries a property on one case.
 *
 * On whole numbers both sides are first compared to the bit, without bounds; only if they differ is
 * the case judged again with the error that rounding may have caused.
 */
export async function attempt(
  subject: Subject,
  { testCase, expectations }: Prepared,
  /** How often every question is asked, to see that the answer is the same. */
  times: number,
): Promise<{ readonly trial: Trial; readonly asked: readonly Asked[] }> {
  const { property, implementation, watch } = subject
  const answers = new Answers({
    implementation,
    dtype: implementation.precision === 'float64' ? 'float64' : 'float32',
    times,
    // Told by the property, so that a case that fails is asked in the same way when it is made smaller.
    withinBuffer: property.values === 'reals' && !implementation.wholeBuffers,
    watch,
    bothWithin: (question, first, second) =>
      bothWithin(
        expectedOf(() => within(answers, expectations, question)),
        first,
        second,
      ),
  })
  const { asked } = answers
  const tried = async (): Promise<Trial> => {
    if (property.check.kind === 'rejection') {
      return attemptRejection(
        property,
        testCase,
        answers,
        (question, answer) => wrongAnswer([{ question, answer }], answers, expectations) !== null,
      )
    }
    if (property.values === 'integers') {
      const bench = plainBench(testCase, answers, expectations)
      const trial = await compareOn(property, bench, readPlain, asked)
      if (trial.result === 'agrees' && answers.notFinite.length === 0) return trial
      answers.rewind()
    }
    const bench = boundedBench(testCase, answers, expectations)
    const compared = await compareOn(property, bench, readBounded, asked)
    if (compared.result === 'violates') return compared
    const trial = expectations.byAdjoints.has(boundsOf(answers))
      ? { ...compared, byAdjoints: true }
      : compared
    return notFinite(answers, expectations) ?? asFarAsBoundsSay(trial, answers)
  }
  try {
    return { trial: await tried(), asked }
  } catch (thrown) {
    return { trial: onThrown(thrown, answers, expectations), asked }
  }
}

/** What agrees within bounds that say nothing is open. */
function asFarAsBoundsSay(trial: Trial, { open }: Answers): Trial {
  return trial.result === 'agrees' && open !== null
    ? { result: 'open', reason: `bounds as wide as what they bound: ${open}` }
    : trial
}

/** How a case came out on which something was thrown. */
function onThrown(thrown: unknown, answers: Answers, expectations: Expectations): Trial {
  const { asked } = answers
  if (thrown instanceof Indeterminate) {
    return notFinite(answers, expectations) ?? { result: 'discarded', reason: thrown.message }
  }
  const refused = refusedBy(thrown, asked)
  if (
    refused.length > 0 &&
    refused.every((question) => leavesAllOpen(answers, expectations, question))
  ) {
    const reason = `nothing is said of it, and it was refused: ${messageOf(thrown)}`
    return { result: 'discarded', reason }
  }
  if (thrown instanceof UnstableAnswer) {
    const expected = expectedOf(() => within(answers, expectations, thrown.question))
    return unstable(thrown, expected, asked)
  }
  if (thrown instanceof WrongShape) return wronglyShaped(thrown, answers, expectations)
  // A law that is given a wrong answer may well stumble over it: then the answer is what is wrong.
  const trial = trialOf(thrown, asked)
  return trial.result === 'errored' && trial.kind === 'defect'
    ? (wrongAnswer(asked, answers, expectations) ?? trial)
    : trial
}

/** The questions that an error refuses to answer; a program says of an error rarely whether it is a rejection. */
function refusedBy(thrown: unknown, asked: readonly Asked[]): readonly Question[] {
  if (thrown instanceof ImplementationError) return [thrown.question]
  if (!(thrown instanceof ErrorAnswer)) return []
  return asked.filter(({ answer }) => answer === null).map(({ question }) => question)
}

/** What the reference says to a question, with the error that an implementation may make. */
function within(answers: Answers, expectations: Expectations, question: Question) {
  const { operation, inputs, parameters } = question
  return expectedWithin(boundsOf(answers), expectations, operation, inputs, parameters)
}

/**
 * Whether the reference leaves every element of every answer to a question open: of a singular
 * system, say. One that refuses to answer contradicts nothing.
 */
function leavesAllOpen(answers: Answers, expectations: Expectations, question: Question): boolean {
  try {
    const expected = within(answers, expectations, question)
    const errors = Object.values(expected).flatMap(({ data }) => data.map(ours.error))
    return errors.length > 0 && errors.every((error) => !Number.isFinite(error))
  } catch (thrown) {
    // A law may put an answer to the next question, and a wrong one makes no sense there.
    return thrown instanceof Indeterminate
  }
}

/**
 * The first answer that is NaN or infinite where the reference is finite. A law may not see it: NaN
 * on both sides of an equation is the same on both sides.
 */
function notFinite(answers: Answers, expectations: Expectations): Violation | null {
  return wrongAnswer(answers.notFinite, answers, expectations)
}

/** The first of some answers that is not what the reference says. */
function wrongAnswer(
  given: readonly Asked[],
  answers: Answers,
  expectations: Expectations,
): Violation | null {
  for (const { question, answer } of given) {
    if (answer === null) continue
    const expected = expectedOf(() => within(answers, expectations, question))
    if (expected === null) continue
    for (const label in answer) {
      const comparison = { label, expected: expected[label]!, actual: exactly(answer[label]!) }
      const judgement = judge(comparison, readBounded)
      if (!judgement.agrees) {
        return violationOf(judgement, [plain(comparison, readBounded)], answers.asked)
      }
    }
  }
  return null
}

function wronglyShaped(
  { question, output, message }: WrongShape,
  answers: Answers,
  expectations: Expectations,
): Violation {
  const { asked } = answers
  const answer: Answer | null | undefined = asked.find((one) => one.question === question)?.answer
  const expected = expectedOf(() => within(answers, expectations, question))
  const comparisons =
    answer && expected
      ? Object.keys(answer).map((label) =>
          plain(
            { label, expected: expected[label]!, actual: exactly(answer[label]!) },
            readBounded,
          ),
        )
      : []
  return {
    result: 'violates',
    reason: message,
    kind: 'wrong shape',
    where: `${question.operation.id}: ${output}`,
    difference: null,
    severity: Number.POSITIVE_INFINITY,
    comparisons,
    asked,
  }
}

function exactly({ shape, data }: Tensor): NumberArray<Bounded> {
  return fromData(
    shape,
    Array.from(data as ArrayLike<number>, (value) => ours.exact(value)),
  )
}
