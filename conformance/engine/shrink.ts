import * as fc from 'fast-check'
import type { References } from '../../reference/reference.ts'
import type { Case, Recipe } from '../arbitraries/case.ts'
import { simplifications } from '../arbitraries/elements.ts'
import { recipes } from '../arbitraries/recipe.ts'
import { Drawn } from './cases.ts'
import { Expectations } from './expectations.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import { attempt, type Trial, type Violation } from './trial.ts'
import type { Watch } from './watch.ts'

/** A case on which an implementation failed. */
export interface Failing {
  readonly testCase: Case
  readonly trial: Trial
}

export interface Shrunk extends Failing {
  /** The path of fast-check to the case, by which it is found again; elements are simplified after it. */
  readonly path: string
  readonly steps: number
}

/** Who failed, at what. */
export interface Subject {
  readonly property: Property
  readonly implementation: Implementation
  readonly references: References
  readonly watch: Watch
}

/**
 * While a counterexample shrinks, a difference may come down to this many times its bound, not
 * lower: below it a wrong answer begins to look like rounding. A first difference that is smaller
 * than this is not allowed to get any smaller.
 */
const unmistakable = 10

/**
 * Makes a failing case as small as possible: first sizes and parameters, by fast-check, which goes on
 * from the case that it would have drawn itself; then single elements.
 */
export async function shrink(
  subject: Subject,
  first: Failing,
  { seed, index, examples }: Origin,
): Promise<Shrunk> {
  const { property, implementation, references, watch } = subject
  let smallest = first
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
    const { testCase, expectations } = new Drawn(property, references, value).on(
      implementation.precision,
    )
    let trial: Trial
    try {
      trial = await attempt(property, testCase, expectations, implementation, {
        twice: false,
        watch,
      })
    } catch (error) {
      // Of the property or the reference, which is no failure of the implementation to be shrunk.
      broken.push(error)
      return true
    }
    ended = isFinal(trial)
    if (!stillFails(trial, first.trial)) return true
    smallest = { testCase, trial }
    return false
  }

  const details = await fc.check(
    fc.asyncProperty(
      index < examples.length
        ? fc.constant<Recipe | Case>(examples[index]!)
        : (recipes(property.space, property.values) as fc.Arbitrary<Recipe | Case>),
      predicate,
    ),
    {
      seed,
      path: String(index),
      numRuns: 1,
      examples: examples.map((example): [Recipe | Case] => [example]),
    },
  )
  if (broken.length > 0) throw broken[0]

  const path = details.counterexamplePath ?? String(index)
  const shrunk = { ...smallest, path, steps: details.numShrinks }
  if (smallest.trial.result !== 'violates') return shrunk
  return simplify(subject, { ...shrunk, trial: smallest.trial })
}

/** Where a case comes from: its place among the examples and the drawn cases of a seed. */
export interface Origin {
  readonly seed: number
  readonly index: number
  readonly examples: readonly Case[]
}

/** Whether the case is the last to be tried: others could not be asked, or at too high a cost. */
export function isFinal(trial: Trial): boolean {
  switch (trial.result) {
    case 'not-run':
    case 'interrupted':
    case 'unstable':
      return true
    case 'errored':
      return trial.costly
    default:
      return false
  }
}

/** Whether a smaller case still shows the same mistake beyond doubt. */
function stillFails(trial: Trial, first: Trial): boolean {
  // Anything that throws shrinks as it is; a case that throws otherwise is another finding.
  if (trial.result !== 'violates' || first.result !== 'violates') {
    return trial.result === 'errored' && first.result === 'errored'
  }
  return trial.severity >= Math.min(first.severity, unmistakable)
}

/** Makes single elements of a counterexample simple for as long as the mistake stays unmistakable. */
async function simplify(
  { property, implementation, references, watch }: Subject,
  start: Shrunk & { readonly trial: Violation },
): Promise<Shrunk> {
  let smallest = start
  let attemptsLeft = 2000
  for (let again = true; again; ) {
    again = false
    for (const candidate of simplifications(smallest.testCase)) {
      if (attemptsLeft-- === 0 || watch.over) return smallest
      const expectations = new Expectations(references)
      const options = { twice: false, watch }
      const trial = await attempt(property, candidate, expectations, implementation, options)
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
