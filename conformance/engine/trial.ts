import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { fromData, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from '../arbitraries/case.ts'
import {
  ChangedInput,
  ImplementationError,
  ImplementationFailure,
  ImplementationGone,
  MalformedAnswer,
  TimeOver,
  TooLate,
  UnstableAnswer,
} from '../base/errors.ts'
import type { Question } from '../base/question.ts'
import { Answers } from './answers.ts'
import { boundedBench, boundsOf, expectedWithin, ours, plainBench } from './bench.ts'
import type { Expectations } from './expectations.ts'
import type { Implementation } from './implementation.ts'
import { type Judgement, judge, type Reading, severity } from './judge.ts'
import type { Bench, Comparison, Property } from './property.ts'
import type { Difference } from './verdict.ts'
import type { Watch } from './watch.ts'

/** How one case of a property came out. */
export type Trial =
  | { readonly result: 'agrees'; readonly utilization: number }
  | { readonly result: 'discarded'; readonly reason: string }
  | Violation
  | {
      readonly result: 'errored'
      readonly reason: string
      readonly questions: readonly Question[]
      /** Whether every further failure is costly, so that the case is left as large as it is. */
      readonly costly: boolean
    }
  | {
      readonly result: 'unstable'
      readonly reason: string
      readonly questions: readonly Question[]
    }
  /** The implementation cannot be asked any more. */
  | { readonly result: 'not-run'; readonly reason: string }
  /** The time given was over. */
  | { readonly result: 'interrupted'; readonly reason: string }

export interface Violation {
  readonly result: 'violates'
  readonly reason: string
  readonly difference: Difference | null
  readonly severity: number
  readonly comparisons: readonly Compared[]
  /** What the implementation was asked. */
  readonly questions: readonly Question[]
}

/** A comparison as plain numbers, for the capsule. */
export interface Compared {
  readonly label: string
  readonly shape: readonly number[]
  readonly expected: readonly number[]
  readonly bounds: readonly number[]
  readonly actualShape: readonly number[]
  readonly actual: readonly number[]
}

const readPlain = (value: number): Reading => ({ value, error: 0 })
const readBounded = (x: Bounded): Reading => ({ value: ours.toNumber(x), error: ours.error(x) })

export interface AttemptOptions {
  /** Whether every question is asked twice, to see that the answer is the same. */
  readonly twice: boolean
  readonly watch: Watch
}

/**
 * Tries a property on one case.
 *
 * On whole numbers both sides are first compared to the bit, without bounds; only if they differ is
 * the case judged again with the error that rounding may have caused.
 */
export async function attempt(
  property: Property,
  testCase: Case,
  expectations: Expectations,
  implementation: Implementation,
  { twice, watch }: AttemptOptions,
): Promise<Trial> {
  const dtype = implementation.precision === 'float64' ? 'float64' : 'float32'
  const answers = new Answers(implementation, dtype, twice, watch)
  const { questions } = answers
  try {
    if (property.check.kind === 'rejection')
      return await attemptRejection(property, testCase, answers)
    if (property.values === 'integers') {
      const trial = await compareOn(
        property,
        plainBench(testCase, answers, expectations),
        readPlain,
        answers,
      )
      if (trial.result === 'agrees' && answers.notFinite.length === 0) return trial
      answers.rewind()
    }
    const trial = await compareOn(
      property,
      boundedBench(testCase, answers, expectations),
      readBounded,
      answers,
    )
    return trial.result === 'violates' ? trial : (notFinite(answers, expectations) ?? trial)
  } catch (thrown) {
    if (thrown instanceof Indeterminate) {
      return notFinite(answers, expectations) ?? { result: 'discarded', reason: thrown.message }
    }
    if (!(thrown instanceof Error)) throw thrown
    const reason = thrown.message
    if (thrown instanceof UnstableAnswer) return { result: 'unstable', reason, questions }
    if (thrown instanceof ImplementationError && allOpen(answers, expectations, thrown.question)) {
      return { result: 'discarded', reason: `nothing is said of it, and it was refused: ${reason}` }
    }
    if (
      thrown instanceof ImplementationError ||
      thrown instanceof MalformedAnswer ||
      thrown instanceof ChangedInput
    ) {
      return { result: 'errored', reason, questions, costly: false }
    }
    if (thrown instanceof TooLate) return { result: 'errored', reason, questions, costly: true }
    if (thrown instanceof ImplementationFailure) {
      return { result: 'errored', reason, questions, costly: thrown.costly }
    }
    if (thrown instanceof ImplementationGone) return { result: 'not-run', reason }
    if (thrown instanceof TimeOver) return { result: 'interrupted', reason }
    throw thrown
  }
}

/**
 * Whether the reference leaves every element of every answer to a question open: of a singular
 * system, say. One that refuses to answer contradicts nothing.
 */
function allOpen(answers: Answers, expectations: Expectations, question: Question): boolean {
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

async function compareOn<T>(
  property: Property,
  bench: Bench<T, Space>,
  read: (x: T) => Reading,
  { questions }: Answers,
): Promise<Trial> {
  if (property.check.kind !== 'comparison') throw new Error(`${property.id} compares nothing`)
  const comparisons = await property.check.compare(bench)
  let worst: Judgement | null = null
  let open = false
  for (const comparison of comparisons) {
    const judgement = judge(comparison, read)
    if (judgement.agrees && judgement.open) open = true
    if (worst === null || severity(judgement) > severity(worst)) worst = judgement
  }
  if (worst !== null && !worst.agrees) {
    const compared = comparisons.map((comparison) => plain(comparison, read))
    return violationOf(worst, compared, questions)
  }
  if (open) return { result: 'discarded', reason: 'the rounding error is unbounded' }
  return { result: 'agrees', utilization: worst?.utilization ?? 0 }
}

function violationOf(
  judgement: Extract<Judgement, { agrees: false }>,
  comparisons: readonly Compared[],
  questions: readonly Question[],
): Violation {
  const { reason, difference } = judgement
  return {
    result: 'violates',
    reason,
    difference,
    severity: severity(judgement),
    comparisons,
    questions,
  }
}

function plain<T>({ label, expected, actual }: Comparison<T>, read: (x: T) => Reading): Compared {
  const [wanted, given] = [expected.data.map(read), actual.data.map(read)]
  return {
    label,
    shape: expected.shape,
    expected: wanted.map(({ value }) => value),
    bounds: wanted.map(({ error }, i) => error + (given[i]?.error ?? 0)),
    actualShape: actual.shape,
    actual: given.map(({ value }) => value),
  }
}

async function attemptRejection(
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
        return violation(`${invalidity.name}: ${problem}`, answers)
      }
      if (!(thrown instanceof MalformedAnswer || thrown instanceof ChangedInput)) throw thrown
    }
    const problem = `it answered instead of rejecting ${invalidity.argument}`
    return violation(`${invalidity.name}: ${problem}`, answers)
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

function violation(reason: string, { questions }: Answers): Trial {
  return {
    result: 'violates',
    reason,
    difference: null,
    severity: Number.POSITIVE_INFINITY,
    comparisons: [],
    questions,
  }
}
