import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { fromData, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { ImplementationError } from '../base/errors.ts'
import type { Question } from '../base/question.ts'
import { Answers } from './answers.ts'
import { boundedBench, boundsOf, expectedWithin, ours, plainBench } from './bench.ts'
import type { Drawn, Prepared } from './cases.ts'
import { compareOn, plain, readBounded, readPlain, violationOf } from './comparison.ts'
import type { Expectations } from './expectations.ts'
import { judge } from './judge.ts'
import { attemptRejection } from './rejection.ts'
import type { Subject } from './subject.ts'
import { trialOf } from './thrown.ts'
import type { Trial, Violation } from './trial.ts'

/** Every how many cases a question is asked twice; the first case always is. */
const twiceEvery = 16

/** Tries the case with a number among all of a property; now and then each question is asked twice. */
export function attemptNumbered(subject: Subject, drawn: Drawn, index: number): Promise<Trial> {
  const twice = subject.repeat && index % twiceEvery === 0
  return attempt(subject, drawn.on(subject.implementation.precision), twice)
}

/**
 * Tries a property on one case.
 *
 * On whole numbers both sides are first compared to the bit, without bounds; only if they differ is
 * the case judged again with the error that rounding may have caused.
 */
export async function attempt(
  { property, implementation, watch }: Subject,
  { testCase, expectations }: Prepared,
  /** Whether every question is asked twice, to see that the answer is the same. */
  twice: boolean,
): Promise<Trial> {
  const dtype = implementation.precision === 'float64' ? 'float64' : 'float32'
  // Told by the property, so that a case that fails is asked in the same way when it is made smaller.
  const within = property.values === 'reals' && !implementation.wholeBuffers
  const answers = new Answers(implementation, dtype, twice, watch, within)
  const { questions } = answers
  try {
    if (property.check.kind === 'rejection') {
      return await attemptRejection(property, testCase, answers)
    }
    if (property.values === 'integers') {
      const bench = plainBench(testCase, answers, expectations)
      const trial = await compareOn(property, bench, readPlain, questions)
      if (trial.result === 'agrees' && answers.notFinite.length === 0) return trial
      answers.rewind()
    }
    const bench = boundedBench(testCase, answers, expectations)
    const trial = await compareOn(property, bench, readBounded, questions)
    return trial.result === 'violates' ? trial : (notFinite(answers, expectations) ?? trial)
  } catch (thrown) {
    if (thrown instanceof Indeterminate) {
      return notFinite(answers, expectations) ?? { result: 'discarded', reason: thrown.message }
    }
    if (
      thrown instanceof ImplementationError &&
      leavesAllOpen(answers, expectations, thrown.question)
    ) {
      const reason = `nothing is said of it, and it was refused: ${thrown.message}`
      return { result: 'discarded', reason }
    }
    return trialOf(thrown, questions)
  }
}

/**
 * Whether the reference leaves every element of every answer to a question open: of a singular
 * system, say. One that refuses to answer contradicts nothing.
 */
function leavesAllOpen(answers: Answers, expectations: Expectations, question: Question): boolean {
  const { operation, inputs, parameters } = question
  try {
    const expected = expectedWithin(boundsOf(answers), expectations, operation, inputs, parameters)
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
  for (const { question, answer } of answers.notFinite) {
    const { operation, inputs, parameters } = question
    let expected: Readonly<Record<string, NumberArray<Bounded>>>
    try {
      expected = expectedWithin(boundsOf(answers), expectations, operation, inputs, parameters)
    } catch (thrown) {
      if (thrown instanceof Indeterminate) continue
      throw thrown
    }
    for (const label in answer) {
      const comparison = { label, expected: expected[label]!, actual: exactly(answer[label]!) }
      const judgement = judge(comparison, readBounded)
      if (!judgement.agrees) {
        return violationOf(judgement, [plain(comparison, readBounded)], answers.questions)
      }
    }
  }
  return null
}

function exactly({ shape, data }: Tensor): NumberArray<Bounded> {
  return fromData(
    shape,
    Array.from(data as ArrayLike<number>, (value) => ours.exact(value)),
  )
}
