import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import { bounded } from '../../reference/arithmetic/bounded.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import {
  Answers,
  boundedBench,
  ImplementationError,
  MalformedAnswer,
  plainBench,
  type References,
  UnstableAnswer,
} from './bench.ts'
import { type Judgement, judge, type Reading, severity } from './compare.ts'
import { ImplementationFailure, ImplementationGone } from './failure.ts'
import type { Implementation } from './implementation.ts'
import type { Bench, Comparison, Property } from './property.ts'
import type { Difference } from './verdict.ts'

/** How one case of a property came out. */
export type Trial =
  | { readonly result: 'agrees'; readonly utilization: number }
  | { readonly result: 'discarded'; readonly reason: string }
  | {
      readonly result: 'violates'
      readonly reason: string
      readonly difference: Difference | null
      readonly severity: number
      readonly comparisons: readonly Compared[]
    }
  | {
      readonly result: 'errored'
      readonly reason: string
      /** Whether every further failure is costly, so that the case is left as large as it is. */
      readonly costly?: boolean
    }
  | { readonly result: 'not-run'; readonly reason: string }
  | { readonly result: 'unstable'; readonly reason: string }

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
const ours = bounded('float64', ieee)
const readBounded = (x: Bounded): Reading => ({ value: ours.toNumber(x), error: ours.error(x) })

/**
 * Tries a property on one case.
 *
 * On whole numbers both sides are first compared to the bit, without bounds; only if they differ is
 * the case judged again with the error that rounding may have caused.
 */
export async function attempt(
  property: Property,
  the: Case,
  implementation: Implementation,
  references: References,
  twice: boolean,
): Promise<Trial> {
  const dtype = implementation.precision === 'float64' ? 'float64' : 'float32'
  const answers = new Answers(implementation, dtype, twice)
  try {
    if (property.check.kind === 'rejection') return await attemptRejection(property, the, answers)
    if (property.values === 'integers') {
      const trial = await compareOn(property, plainBench(the, answers, references), readPlain)
      if (trial.result === 'agrees') return trial
      answers.rewind()
    }
    return await compareOn(property, boundedBench(the, answers, references), readBounded)
  } catch (thrown) {
    if (thrown instanceof Indeterminate) return { result: 'discarded', reason: thrown.message }
    if (thrown instanceof UnstableAnswer) return { result: 'unstable', reason: thrown.message }
    if (thrown instanceof ImplementationError || thrown instanceof MalformedAnswer) {
      return { result: 'errored', reason: thrown.message }
    }
    if (thrown instanceof ImplementationFailure) {
      return { result: 'errored', reason: thrown.message, costly: thrown.costly }
    }
    if (thrown instanceof ImplementationGone) return { result: 'not-run', reason: thrown.message }
    throw thrown
  }
}

async function compareOn<T>(
  property: Property,
  bench: Bench<T, Space>,
  read: (x: T) => Reading,
): Promise<Trial> {
  if (property.check.kind !== 'comparison') throw new Error(`${property.id} compares nothing`)
  const comparisons = await property.check.compare(bench)
  const judgements = comparisons.map((comparison) => judge(comparison, read))
  let worst: Judgement | null = null
  for (const judgement of judgements) {
    if (judgement.agrees && judgement.open) {
      return { result: 'discarded', reason: 'the rounding error of the reference is unbounded' }
    }
    if (worst === null || severity(judgement) > severity(worst)) worst = judgement
  }
  if (worst === null) return { result: 'agrees', utilization: 0 }
  if (worst.agrees) return { result: 'agrees', utilization: worst.utilization }
  const { reason, difference } = worst
  return {
    result: 'violates',
    reason,
    difference,
    severity: severity(worst),
    comparisons: comparisons.map((comparison) => plain(comparison, read)),
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

async function attemptRejection(property: Property, the: Case, answers: Answers): Promise<Trial> {
  if (property.check.kind !== 'rejection') throw new Error(`${property.id} rejects nothing`)
  const { operation, invalidities } = property.check
  for (const invalidity of invalidities) {
    const spoiled = invalidity.spoil(the)
    if (spoiled === undefined) continue
    try {
      await answers.ask(operation, spoiled.inputs, spoiled.parameters)
    } catch (thrown) {
      if (thrown instanceof ImplementationError) {
        const problem = unhelpful(thrown.cause, invalidity.argument)
        if (problem === null) continue
        return violation(`${invalidity.name}: ${problem}`)
      }
      if (!(thrown instanceof MalformedAnswer)) throw thrown
    }
    return violation(`${invalidity.name}: it answered instead of rejecting ${invalidity.argument}`)
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

function violation(reason: string): Trial {
  return {
    result: 'violates',
    reason,
    difference: null,
    severity: Number.POSITIVE_INFINITY,
    comparisons: [],
  }
}
