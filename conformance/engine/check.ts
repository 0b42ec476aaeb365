import fc from 'fast-check'
import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Case, Recipe } from '../arbitraries/case.ts'
import { simplifications } from '../arbitraries/elements.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipes } from '../arbitraries/recipe.ts'
import { messageOf, type References } from './bench.ts'
import { encapsulate } from './encapsulate.ts'
import { gridOf } from './grid.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import { attempt, type Trial } from './trial.ts'
import type { Verdict } from './verdict.ts'

export interface CheckOptions {
  /** Cases to try. */
  readonly runs: number
  readonly seed: number
  /** When to stop, in milliseconds since the epoch; `null` for never. */
  readonly deadline: number | null
  /** Kept cases, tried first. */
  readonly kept: readonly Case[]
  /** Whether a counterexample is made as small as possible; not needed to see a fault killed. */
  readonly shrink: boolean
}

export interface Checked {
  readonly verdict: Verdict
  readonly utilizations: readonly number[]
  /** How often each class was reached, by `operation: class`. */
  readonly classes: Readonly<Record<string, number>>
  readonly seconds: number
}

/** Utilizations are counted in this many equal bins from 0 to 1. */
const bins = 20

/** Every how many cases a question is asked twice; the first case always is. */
const twiceEvery = 16

/**
 * While a counterexample shrinks, a difference may come down to this many times its bound, not
 * lower: below it a wrong answer begins to look like rounding. A first difference that is smaller
 * than this is not allowed to get any smaller.
 */
const unmistakable = 10

/** Thrown out of fast-check to end a run that cannot go on: the case says nothing about the clause. */
class Stopped extends Error {}

/**
 * Checks one property on one implementation.
 *
 * Free of any test runner: plain data in, plain data out. Nothing that the implementation does
 * makes it throw; an error of the property or of the reference does.
 */
export async function checkProperty(
  property: Property,
  implementation: Implementation,
  references: References,
  options: CheckOptions,
): Promise<Checked> {
  const started = performance.now()
  const progress = new Progress(property)
  const finish = (verdict: Verdict): Checked => ({
    verdict,
    utilizations: progress.utilizations,
    classes: progress.classes,
    seconds: (performance.now() - started) / 1000,
  })

  const missing = property.operations.find(({ id }) => !(id in implementation.operations))
  if (missing !== undefined) {
    const reason = implementation.unsupported?.[missing.id] ?? `it does not provide ${missing.id}`
    return finish({ outcome: 'unsupported', reason })
  }

  const seed = seedOf(options.seed, property.id)
  const grid = gridOf(implementation.precision)
  const caseOf = (value: Recipe | Case): Case =>
    'inputs' in value ? value : realize(property.space, value, grid)
  const examples = [...property.examples, ...options.kept]
  const runs = examples.length + Math.ceil(options.runs * property.share)
  const worst: { trial: Trial | null; the: Case | null } = { trial: null, the: null }

  const predicate = async (value: Recipe | Case): Promise<boolean> => {
    const the = caseOf(value)
    const shrinking = worst.trial !== null
    const trial = await attempt(
      property,
      the,
      implementation,
      references,
      !shrinking && progress.cases % twiceEvery === 0,
    )
    if (!shrinking) progress.count(the, trial)
    switch (trial.result) {
      case 'agrees':
        return true
      case 'discarded':
        fc.pre(false)
        return true
      case 'errored':
        // Anything that throws shrinks as it is; a case that throws otherwise is another finding.
        if (shrinking && worst.trial?.result !== 'errored') return true
        break
      case 'unstable':
        if (!shrinking) worst.trial = trial
        worst.the = the
        throw new Stopped(trial.reason)
      case 'violates':
        if (shrinking && !convincing(trial, worst.trial!)) return true
    }
    worst.trial = trial
    worst.the = the
    return false
  }

  const remaining = options.deadline === null ? null : Math.max(0, options.deadline - Date.now())
  const details = await fc.check(
    fc.asyncProperty(
      runs > examples.length
        ? (recipes(property.space, property.values) as fc.Arbitrary<Recipe | Case>)
        : fc.constant<Recipe | Case>(examples[0]!),
      predicate,
    ),
    {
      seed,
      numRuns: runs,
      examples: examples.map((example): [Recipe | Case] => [example]),
      endOnFailure: !options.shrink,
      ...(remaining === null
        ? {}
        : { interruptAfterTimeLimit: remaining, markInterruptAsFailure: true }),
    },
  )

  if (worst.trial === null && details.errorInstance instanceof Error) throw details.errorInstance
  return finish(
    await verdictOf({
      property,
      implementation,
      references,
      options,
      progress,
      worst,
      details,
      seed,
    }),
  )
}

/** Whether a smaller case still shows the same mistake beyond doubt. */
function convincing(trial: Trial, first: Trial): boolean {
  if (trial.result !== 'violates' || first.result !== 'violates') return false
  return trial.severity >= Math.min(first.severity, unmistakable)
}

interface Ended {
  readonly property: Property
  readonly implementation: Implementation
  readonly references: References
  readonly options: CheckOptions
  readonly progress: Progress
  readonly worst: { trial: Trial | null; the: Case | null }
  readonly details: fc.RunDetails<[Recipe | Case]>
  readonly seed: number
}

async function verdictOf(ended: Ended): Promise<Verdict> {
  const { property, implementation, references, options, progress, worst, details, seed } = ended
  const { cases } = progress
  if (worst.trial === null || worst.the === null) {
    if (details.interrupted) {
      return { outcome: 'interrupted', cases, reason: 'the time given was over' }
    }
    if (details.failed) {
      const discarded = details.numSkips
      const reason = 'too many cases were too ill-conditioned to tell'
      return { outcome: 'inconclusive', cases, discarded, reason }
    }
    return { outcome: 'conforms', cases, worstUtilization: progress.worstUtilization }
  }

  const capsule = (the: Case, trial: Trial) =>
    encapsulate(property, implementation, the, trial, seed, details.counterexamplePath ?? '')
  const { trial } = worst
  switch (trial.result) {
    case 'violates': {
      const smallest = options.shrink
        ? await simplify(property, worst.the, trial, implementation, references)
        : { the: worst.the, trial, steps: 0 }
      return {
        outcome: 'violates',
        cases,
        reason: smallest.trial.reason,
        difference: smallest.trial.difference,
        shrinks: details.numShrinks + smallest.steps,
        capsule: capsule(smallest.the, smallest.trial),
        diagnosis: null,
        replay: null,
      }
    }
    case 'unstable':
      return {
        outcome: 'unstable',
        cases,
        reason: trial.reason,
        capsule: capsule(worst.the, trial),
        replay: null,
      }
    case 'errored':
      return {
        outcome: 'errored',
        cases,
        reason: trial.reason,
        capsule: capsule(worst.the, trial),
        replay: null,
      }
    default:
      throw new Error(`${property.id} ended with a case that ${trial.result}`)
  }
}

type Violation = Extract<Trial, { result: 'violates' }>

/** Makes single elements of a counterexample simple for as long as the mistake stays unmistakable. */
async function simplify(
  property: Property,
  start: Case,
  first: Violation,
  implementation: Implementation,
  references: References,
): Promise<{ the: Case; trial: Violation; steps: number }> {
  let smallest = { the: start, trial: first, steps: 0 }
  let attemptsLeft = 2000
  for (let again = true; again; ) {
    again = false
    for (const candidate of simplifications(smallest.the)) {
      if (attemptsLeft-- === 0) return smallest
      const trial = await attempt(property, candidate, implementation, references, false)
      if (trial.result === 'violates' && convincing(trial, first)) {
        smallest = { the: candidate, trial, steps: smallest.steps + 1 }
        again = true
        break
      }
    }
  }
  return smallest
}

/** What has been seen so far. */
class Progress {
  cases = 0
  worstUtilization = 0
  readonly utilizations: number[] = new Array(bins).fill(0)
  readonly classes: Record<string, number> = {}
  readonly #operations: readonly Operation[]
  readonly #dimensions: number

  constructor(property: Property) {
    this.#dimensions = Object.keys(property.space.dimensions).length
    this.#operations = property.operations.filter((operation) =>
      drawsCasesOf(property.space, operation),
    )
    for (const { id, classes } of this.#operations) {
      for (const name of Object.keys(classes)) this.classes[`${id}: ${name}`] = 0
    }
  }

  count(the: Case, trial: Trial): void {
    if (trial.result === 'discarded') return
    this.cases++
    for (const { id, classes } of this.#operations) {
      for (const [name, holds] of Object.entries(classes)) {
        // A case written by hand comes without sizes, and may not be of the space at all.
        const drawn = Object.keys(the.sizes).length === this.#dimensions
        if (drawn && holds(the)) this.classes[`${id}: ${name}`]!++
      }
    }
    if (trial.result !== 'agrees') return
    this.worstUtilization = Math.max(this.worstUtilization, trial.utilization)
    this.utilizations[Math.min(bins - 1, Math.floor(trial.utilization * bins))]!++
  }
}

/**
 * Whether the cases of a space are cases of an operation, so that its classes can be counted: the
 * space is that of the operation, or has the same axes, arrays and parameters in narrower ranges, as
 * one made for kernels of a single pixel.
 */
function drawsCasesOf(space: Space, operation: Operation): boolean {
  if (space.dimensions === operation.dimensions) return true
  return (['dimensions', 'inputs', 'parameters'] as const).every((part) => {
    const [theirs, own] = [Object.keys(space[part]), Object.keys(operation[part])]
    return theirs.length === own.length && own.every((name) => theirs.includes(name))
  })
}

/** A seed of its own for each property, so that properties draw independent cases (FNV-1a). */
export function seedOf(seed: number, property: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < property.length; i++) {
    hash = Math.imul(hash ^ property.charCodeAt(i), 0x01000193)
  }
  return hash | 0
}

export { messageOf }
