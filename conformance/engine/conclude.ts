import { encapsulate } from './encapsulate.ts'
import { boundedBy } from './expectations.ts'
import type { Group, Groups } from './groups.ts'
import type { Plan } from './plan.ts'
import { type Shrunk, shrink } from './shrink.ts'
import type { Subject } from './subject.ts'
import { isFinal } from './trial.ts'
import type { Finding, Verdict } from './verdict.ts'
import { wrongOperations } from './wrong.ts'

/** How many smaller cases are tried for the first group, and for each of the others. */
const [most, mostOfOthers] = [3000, 600]

/** The verdict that failing cases give, after so many cases: each group is made small and packed. */
export async function conclude(
  subject: Subject,
  plan: Plan,
  groups: Groups,
  cases: number,
): Promise<Verdict> {
  const [first, ...rest] = groups.list
  const smallest = await smallestOf(subject, plan, first!, most)
  const others: Finding[] = []
  for (const group of rest) {
    const shrunk = await smallestOf(subject, plan, group, mostOfOthers)
    const { trial } = shrunk
    others.push({
      outcome: trial.result,
      kind: trial.kind,
      cases: group.count,
      reason: trial.reason,
      difference: trial.result === 'violates' ? trial.difference : null,
      capsule: packed(subject, plan, shrunk),
      replay: null,
    })
  }
  const found = {
    cases,
    failing: groups.cases,
    first: groups.first,
    kind: first!.kind,
    // Whoever only wants to see a mistake noticed need not know which operation made it.
    wrong: plan.untilFirst ? [] : wrongIn(subject, smallest),
    others,
  }
  return verdictOn(subject, plan, smallest, found)
}

async function smallestOf(
  subject: Subject,
  plan: Plan,
  { failing }: Group,
  attempts: number,
): Promise<Shrunk> {
  // A case worked by hand has its answer with it, and is as small as it gets.
  const { share, whole = false } = subject.property
  const asItIs = share === 0 || whole
  const { trial } = failing
  return plan.shrink && !asItIs && !isFinal(trial) && trial.kind !== 'defect'
    ? shrink(subject, plan, failing, attempts)
    : { ...failing, path: String(failing.index), steps: 0 }
}

function packed(
  { property, implementation, references }: Subject,
  { seed, intermediates }: Plan,
  { testCase, trial, path }: Shrunk,
) {
  const asked = intermediates ? references : {}
  return encapsulate(property, implementation, testCase, trial, asked, { seed, path })
}

function verdictOn(
  subject: Subject,
  plan: Plan,
  shrunk: Shrunk,
  found: Pick<
    Extract<Verdict, { outcome: 'violates' }>,
    'cases' | 'failing' | 'first' | 'kind' | 'wrong' | 'others'
  >,
): Verdict {
  const { trial, steps } = shrunk
  const { reason } = trial
  const common = { ...found, reason, capsule: packed(subject, plan, shrunk), replay: null }
  switch (trial.result) {
    case 'violates': {
      const { difference } = trial
      // Whoever only wants to see a mistake noticed needs no name for it.
      const diagnosis = plan.untilFirst ? null : (trial.diagnose?.() ?? null)
      return {
        outcome: 'violates',
        ...common,
        difference,
        shrinks: steps,
        diagnosis,
        candidates: [],
      }
    }
    case 'unstable':
      return { outcome: 'unstable', ...common, twice: trial.twice }
    case 'errored': {
      const { defect } = trial
      return { outcome: 'errored', ...common, ...(defect !== undefined && { defect }) }
    }
  }
}

function wrongIn({ implementation, references }: Subject, { trial }: Shrunk): readonly string[] {
  const bounds = boundedBy(implementation.precision, implementation.profile)
  return wrongOperations(trial, references, bounds)
}
