import * as fc from 'fast-check'
import { hasAllowedElements } from '../arbitraries/allowed.ts'
import { type Case, elementsOf, type Recipe } from '../arbitraries/case.ts'
import { simplifications } from '../arbitraries/elements.ts'
import { exchangedSizes } from '../arbitraries/exchanged.ts'
import { smaller as smallerRecipes } from '../arbitraries/recipe-arbitrary.ts'
import { smallerCases } from '../arbitraries/smaller.ts'
import { attempt } from './attempt.ts'
import { Drawn, type Prepared } from './cases.ts'
import { Expectations } from './expectations.ts'
import { type Failing, sameIn } from './groups.ts'
import type { Plan } from './plan.ts'
import type { Subject } from './subject.ts'
import { type Failure, isFinal } from './trial.ts'

export interface Shrunk extends Omit<Failing, 'index' | 'planned'> {
  /** The path of fast-check to the case, by which it is found again; it is made smaller after it. */
  readonly path: string
  readonly steps: number
}

/**
 * While a counterexample shrinks, a difference may come down to this many times its bound, not
 * lower: below it a wrong answer begins to look like rounding. A first difference that is smaller
 * than this is not allowed to get any smaller.
 */
const unmistakable = 10

/** A case with so many elements counts as one more attempt, and so does one with so many questions. */
const [elementsOfAttempt, questionsOfAttempt] = [512, 8]

/** Tries smaller cases in the place of one that failed, for as long as they may cost something. */
class Smaller {
  /** Whether nothing more can be asked, or not at a reasonable cost. */
  ended = false

  constructor(
    readonly subject: Subject,
    readonly first: Failure,
    public attemptsLeft: number,
  ) {}

  /** How often each question is asked: what comes and goes shows only when asked again. */
  get #times(): number {
    return this.first.kind === 'unstable' ? 4 : 1
  }

  get over(): boolean {
    return this.ended || this.attemptsLeft <= 0 || this.subject.watch.over
  }

  /** What a smaller case shows, if it shows the same mistake beyond doubt. */
  async attempt(prepared: Prepared): Promise<Failure | null> {
    this.attemptsLeft -= 1 + Math.floor(elementsOf(prepared.testCase) / elementsOfAttempt)
    const { trial, asked } = await attempt(this.subject, prepared, this.#times)
    // A law of two hundred steps asks as many.
    this.attemptsLeft -= Math.floor(asked.length / questionsOfAttempt)
    this.ended = isFinal(trial)
    const same = sameIn(trial, this.first)
    if (same?.result !== 'violates' || this.first.result !== 'violates') return same
    return same.severity >= Math.min(this.first.severity, unmistakable) ? same : null
  }
}

/**
 * Makes a failing case as small as possible: first by fast-check, which goes on from the case that it
 * would have drawn itself; then size by size and parameter by parameter; then single elements; at last,
 * of a large case, two sizes for one another.
 */
export async function shrink(
  subject: Subject,
  plan: Plan,
  first: Failing,
  attempts: number,
): Promise<Shrunk> {
  const smaller = new Smaller(subject, first.trial, attempts)
  const { space } = subject.property
  const drawn = await shrinkDrawn(smaller, plan, first)
  const simple = await simplify(smaller, drawn, [
    (failing) => smallerCases(space, failing),
    simplifications,
  ])
  // Sizes may become larger for it, so that the ways above would undo it.
  return simplify(smaller, simple, [(failing) => exchangedSizes(space, failing), simplifications])
}

/** Makes the numbers smaller that a case was drawn from: the style first, then sizes and parameters. */
async function shrinkDrawn(
  smaller: Smaller,
  { seed }: Plan,
  { testCase, trial, index, planned }: Failing,
): Promise<Shrunk> {
  const { property, maker, implementation, references } = smaller.subject
  if (planned === null) return { testCase, trial, path: String(index), steps: 0 }
  let smallest = { testCase, trial }
  let asked = false
  const predicate = async (recipe: Recipe): Promise<boolean> => {
    // fast-check begins with the case that failed already, and is told so without asking again.
    if (!asked) {
      asked = true
      return false
    }
    if (smaller.over) return true
    const prepared = new Drawn(property, references, recipe).on(implementation.precision)
    const same = await smaller.attempt(prepared)
    if (same !== null) smallest = { testCase: prepared.testCase, trial: same }
    return same === null
  }
  const recipes = smallerRecipes(maker, planned)
  const details = await fc.check(fc.asyncProperty(recipes, predicate), { seed, numRuns: 1 })
  // The case itself is the first and only one that fast-check was given.
  const steps = details.counterexamplePath?.split(':').slice(1) ?? []
  return { ...smallest, path: [index, ...steps].join(':'), steps: details.numShrinks }
}

/** Takes the first simpler case that still fails, and goes on from it until none does. */
async function simplify(
  smaller: Smaller,
  start: Shrunk,
  ways: readonly ((failing: Case) => Iterable<Case>)[],
): Promise<Shrunk> {
  const { property, references } = smaller.subject
  let smallest = start
  // After a round that changes nothing, every way has been tried on the smallest case.
  for (let unchanged = 0, way = 0; unchanged < ways.length; way = (way + 1) % ways.length) {
    const before = smallest
    for (let again = true; again; ) {
      again = false
      for (const testCase of ways[way]!(smallest.testCase)) {
        if (smaller.over) return smallest
        if (!hasAllowedElements(property.space, testCase)) continue
        const expectations = new Expectations(references)
        const trial = await smaller.attempt({ testCase, expectations })
        if (trial === null) continue
        smallest = { ...smallest, testCase, trial, steps: smallest.steps + 1 }
        again = true
        break
      }
    }
    unchanged = smallest === before ? unchanged + 1 : 1
  }
  return smallest
}
