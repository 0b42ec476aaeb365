import * as fc from 'fast-check'
import type { Case, Recipe } from '../arbitraries/case.ts'
import type { Planned } from '../arbitraries/draws.ts'
import { simplifications } from '../arbitraries/elements.ts'
import { smaller } from '../arbitraries/recipe.ts'
import { attempt } from './attempt.ts'
import { Drawn, makerOf } from './cases.ts'
import { Expectations } from './expectations.ts'
import type { Plan } from './plan.ts'
import type { Subject } from './subject.ts'
import { type Failure, isFinal, type Trial, type Violation } from './trial.ts'

/** A case on which an implementation failed, and its place: examples first, then the drawn cases. */
export interface Failing {
  readonly testCase: Case
  readonly trial: Failure
  readonly index: number
  /** The numbers that it was made of; `null` of a case that was not drawn. */
  readonly planned: Planned | null
}

export interface Shrunk extends Omit<Failing, 'index' | 'planned'> {
  /** The path of fast-check to the case, by which it is found again; elements are simplified after it. */
  readonly path: string
  readonly steps: number
}

/**
 * While a counterexample shrinks, a difference may come down to this many times its bound, not
 * lower: below it a wrong answer begins to look like rounding. A first difference that is smaller
 * than this is not allowed to get any smaller.
 */
const unmistakable = 10

/**
 * Makes a failing case as small as possible: first the numbers that it was drawn from, by fast-check,
 * from the style of the case to its sizes, parameters and distributions; then single elements.
 */
export async function shrink(subject: Subject, { seed }: Plan, first: Failing): Promise<Shrunk> {
  const { property, implementation, references, watch } = subject
  const { index, planned } = first
  let smallest: Pick<Failing, 'testCase' | 'trial'> = first
  let asked = false
  let ended = false
  const broken: unknown[] = []

  const predicate = async (value: Recipe | Case): Promise<boolean> => {
    // fast-check begins with the case that failed already, and is told so without asking again.
    if (!asked) {
      asked = true
      return false
    }
    if (ended || broken.length > 0 || watch.over) return true
    const prepared = new Drawn(property, references, value).on(implementation.precision)
    let trial: Trial
    try {
      trial = await attempt(subject, prepared, false)
    } catch (error) {
      // Of the property or the reference, which is no failure of the implementation to be shrunk.
      broken.push(error)
      return true
    }
    ended = isFinal(trial)
    if (!stillFails(trial, first.trial)) return true
    smallest = { testCase: prepared.testCase, trial }
    return false
  }

  const details = await fc.check(
    fc.asyncProperty(
      planned === null
        ? fc.constant<Recipe | Case>(first.testCase)
        : (smaller(makerOf(property), planned) as fc.Arbitrary<Recipe | Case>),
      predicate,
    ),
    { seed, numRuns: 1 },
  )
  if (broken.length > 0) throw broken[0]

  // The case itself is the first and only one that fast-check was given.
  const steps = details.counterexamplePath?.split(':').slice(1) ?? []
  const path = [String(index), ...steps].join(':')
  const shrunk = { ...smallest, path, steps: details.numShrinks }
  if (smallest.trial.result !== 'violates') return shrunk
  return simplify(subject, { ...shrunk, trial: smallest.trial })
}

/** Whether a smaller case still shows the same mistake beyond doubt. */
function stillFails(trial: Trial, first: Trial): trial is Failure {
  // Anything that throws shrinks as it is; a case that throws otherwise is another finding.
  if (trial.result !== 'violates' || first.result !== 'violates') {
    return trial.result === 'errored' && first.result === 'errored'
  }
  return trial.severity >= Math.min(first.severity, unmistakable)
}

/** Makes single elements of a counterexample simple for as long as the mistake stays unmistakable. */
async function simplify(
  subject: Subject,
  start: Shrunk & { readonly trial: Violation },
): Promise<Shrunk> {
  let smallest = start
  let attemptsLeft = 2000
  for (let again = true; again; ) {
    again = false
    for (const candidate of simplifications(smallest.testCase)) {
      if (attemptsLeft-- === 0 || subject.watch.over) return smallest
      const expectations = new Expectations(subject.references)
      const trial = await attempt(subject, { testCase: candidate, expectations }, false)
      if (isFinal(trial)) return smallest
      if (trial.result === 'violates' && stillFails(trial, start.trial)) {
        smallest = { ...smallest, testCase: candidate, trial, steps: smallest.steps + 1 }
        again = true
        break
      }
    }
  }
  return smallest
}
