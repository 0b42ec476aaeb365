import { attemptNumbered } from './attempt.ts'
import { casesOf } from './cases.ts'
import { encapsulate } from './encapsulate.ts'
import type { Plan } from './plan.ts'
import { type Failing, type Shrunk, shrink } from './shrink.ts'
import { isLast } from './stopping.ts'
import type { Subject } from './subject.ts'
import { isFinal } from './trial.ts'
import type { Verdict } from './verdict.ts'

/** The verdict that a failing case gives, after so many cases: the case is made small and packed. */
export async function conclude(
  subject: Subject,
  plan: Plan,
  failing: Failing,
  cases: number,
): Promise<Verdict> {
  const smallest = await smallestOf(subject, plan, failing)
  return verdictOn(subject, plan, smallest, cases)
}

async function smallestOf(subject: Subject, plan: Plan, failing: Failing): Promise<Shrunk> {
  const found = plan.shrink ? await drawnLike(subject, plan, failing) : failing
  // A case worked by hand has its answer with it, and is as small as it gets.
  const byHand = subject.property.share === 0
  return plan.shrink && !byHand && !isFinal(found.trial)
    ? shrink(subject, plan, found)
    : { ...found, path: String(found.index), steps: 0 }
}

/**
 * Where a kept case is violated, the first drawn one that is violated too, if there is one: sizes of
 * a kept case cannot be made smaller.
 */
async function drawnLike(subject: Subject, plan: Plan, kept: Failing): Promise<Failing> {
  const { property, references, implementation, watch } = subject
  const { examples, runs, seed } = plan
  if (kept.index >= examples.length || kept.trial.result !== 'violates') return kept
  const cases = casesOf(property, references, seed)
  for (let i = 0; i < runs && !watch.over; i++) {
    const drawn = cases.next().value
    const index = examples.length + i
    const trial = await attemptNumbered(subject, drawn, index)
    if (trial.result === 'violates') {
      const { testCase } = drawn.on(implementation.precision)
      return { testCase, trial, index, planned: drawn.planned }
    }
    if (isLast(trial)) break
  }
  return kept
}

function verdictOn(
  { property, implementation, references }: Subject,
  { seed, intermediates }: Plan,
  { testCase, trial, path, steps }: Shrunk,
  cases: number,
): Verdict {
  const asked = intermediates ? references : {}
  const capsule = encapsulate(property, implementation, testCase, trial, asked, { seed, path })
  const found = { cases, reason: trial.reason, capsule, replay: null }
  if (trial.result !== 'violates') return { outcome: trial.result, ...found }
  const { difference } = trial
  return { outcome: 'violates', ...found, difference, shrinks: steps, diagnosis: null }
}
