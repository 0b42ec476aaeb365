import { referencesById } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'
import type { Operation, Parameters, Sizes } from '../../spec/language/operation.ts'
import { recipesOf } from '../arbitraries/own-recipes.ts'
import { Drawn, seedOf } from '../engine/cases.ts'
import { Examination } from '../engine/examination.ts'
import type { Failing } from '../engine/groups.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Property } from '../engine/property.ts'
import { timeOver } from '../engine/stopping.ts'
import type { Verdict } from '../engine/verdict.ts'
import { answersName } from '../kit/answers.ts'
import { loadedProperties, loadPropertiesOf } from '../properties/loaded.ts'

/** An operation at sizes and parameters of one's own. */
export interface OwnSize {
  readonly operation: Operation
  readonly sizes: Sizes
  readonly parameters: Parameters
}

export interface TryOptions {
  /** Cases of these sizes. */
  readonly runs: number
  readonly seed: number
  /** When to stop, by `performance.now()`; `null` for never. */
  readonly deadline: number | null
  /** How long an answer may take, in milliseconds. */
  readonly caseTimeout?: number
  /** How long a case that fails is made smaller, in milliseconds. */
  readonly shrinkTime: number
  /** Told of every case that was tried, with how many there are to be. */
  readonly onCase: (tried: number, wanted: number) => void
}

/** What came of an operation at sizes of one's own. */
export interface Tried {
  readonly property: Property
  readonly verdict: Verdict
  /** The first case that failed, as it was drawn. */
  readonly failing: Failing | null
  /** How the elements of each case were drawn. */
  readonly distributions: readonly string[]
  /** Cases of which nothing can be said, since the formula leaves them open. */
  readonly discarded: number
  /** Those of which nothing can be said, since their bounds are as wide as what they bound. */
  readonly open: number
  /** How long each call of the implementation took, in milliseconds, in their order. */
  readonly calls: readonly number[]
  /** How long the reference took for each case, in seconds. */
  readonly references: readonly number[]
}

const tooOpen = 'rounding leaves open what is right of too many cases'

/**
 * Tries an operation at given sizes: the cases of a property that compares it with the reference, but
 * for their sizes and parameters, judged and made smaller as those of a run are.
 */
export async function tryOwnSize(
  own: OwnSize,
  implementation: Implementation,
  { runs, seed, deadline, caseTimeout, shrinkTime, onCase }: TryOptions,
): Promise<Tried> {
  await loadPropertiesOf([own.operation.id])
  const property = { ...comparisonOf(own.operation), examples: [], share: 1 }
  const { id } = own.operation
  const calls: number[] = []
  const clock = { seconds: 0 }
  const candidate = {
    implementation: timed(implementation, id, calls),
    // Without arrays all cases are the same one.
    runs: Object.keys(own.operation.inputs).length === 0 ? 1 : runs,
    deadline,
    kept: [],
    shrink: true,
    ...(caseTimeout !== undefined && { caseTimeout }),
  }
  const timedReferences = withClock(referencesById, id, clock)
  const examination = new Examination(property, candidate, timedReferences, seed, false)
  const recipes = recipesOf(own, property.values, seedOf(seed, property.id))
  const distributions: string[] = []
  const references: number[] = []
  try {
    await examination.tryExamples()
    while (examination.wanted > 0 && distributions.length < 2 * candidate.runs) {
      const recipe = recipes.next().value
      const first = distributions.length
      distributions.push(recipe.distribution)
      clock.seconds = 0
      await examination.tryChunk([new Drawn(property, timedReferences, recipe)], first)
      if (clock.seconds > 0) references.push(clock.seconds)
      onCase(distributions.length, distributions.length + examination.wanted)
      // All cases have the same sizes and parameters, so that a declined one is declined for all.
      if (examination.checked().declined !== null) break
    }
    const isOver = deadline !== null && performance.now() >= deadline
    const [failing = null] = examination.failures
    const timedCalls = [...calls]
    if (failing !== null) examination.deadline = performance.now() + shrinkTime
    await examination.conclude()
    const checked = examination.checked(isOver ? timeOver : tooOpen)
    const { discarded, open, declined } = checked
    const reason = declined === null ? null : Object.keys(declined.reasons).join(', ')
    const verdict: Verdict =
      reason === null
        ? checked.verdict
        : { outcome: 'declined', reason: `it does not take this: ${reason}` }
    const result = { property, verdict, failing, distributions, discarded, open }
    return { ...result, calls: timedCalls, references }
  } finally {
    examination.close()
  }
}

/** The property that compares an operation with its reference, on all kinds of numbers where one does. */
function comparisonOf(operation: Operation): Property {
  const about = loadedProperties().filter(({ space }) => space === (operation as unknown))
  const property =
    about.find(({ agrees, values }) => agrees && values === 'reals') ??
    about.find(({ agrees }) => agrees) ??
    about.find(({ id }) => id.endsWith(`/${answersName(operation)}`))
  if (property === undefined) throw new Error(`nothing compares ${operation.id} with its reference`)
  return property
}

/** The same implementation, which notes how long each call of an operation takes. */
function timed(implementation: Implementation, id: string, calls: number[]): Implementation {
  const evaluate = implementation.operations[id]
  if (evaluate === undefined) return implementation
  const noting: typeof evaluate = async (inputs, parameters) => {
    const started = performance.now()
    try {
      return await evaluate(inputs, parameters)
    } finally {
      calls.push(performance.now() - started)
    }
  }
  return { ...implementation, operations: { ...implementation.operations, [id]: noting } }
}

/** The same references, of which one adds the time that it takes to a clock. */
function withClock(references: References, id: string, clock: { seconds: number }): References {
  const reference = references[id]!
  const noting: typeof reference = (...question) => {
    const started = performance.now()
    const outputs = reference(...question)
    clock.seconds += (performance.now() - started) / 1000
    return outputs
  }
  return { ...references, [id]: noting }
}
