import type { Mistake } from './mistake.ts'
import { failuresOf, type NoticedAfter, right, type Trying } from './notice.ts'
import { firstFailure, plainProperty, plainRuns } from './plain/suite.ts'
import { type Done, type Spending, spendAlone } from './spending.ts'

/** Which mistakes each suite notices within so many seconds of processor time for everything. */
export interface WithinBudget {
  readonly seconds: number
  readonly ours: ReadonlySet<string>
  readonly plain: ReadonlySet<string>
  /** What the plain suite notices where it takes no time to begin: each of its runs as long as the mean of many. */
  readonly warm: ReadonlySet<string>
}

/** When the failures of mistakes come, in either suite; it depends on no clock. */
export interface Failures {
  /** By mistake. */
  readonly ours: ReadonlyMap<string, NoticedAfter>
  /** By mistake that it notices, after how many runs. */
  readonly plain: ReadonlyMap<string, number>
  /** By operation, how long a run of the plain suite takes. */
  readonly secondsPerRun: ReadonlyMap<string, number>
}

/**
 * Compares both suites at several budgets. A budget is for all operations of the mistakes together, and
 * for whatever else the clauses ask that are about them. What a suite has done when it is spent is observed
 * on an implementation that is right, the same one for both, in a process that has just begun, so that no mistake
 * makes it stop early. A mistake counts as noticed when a case on which it fails was among those.
 *
 * A run that is over before its budget is, stays what it is.
 */
export async function compare(
  mistakes: readonly Mistake[],
  budgets: readonly number[],
  { ours, plain, secondsPerRun }: Failures,
  trying: Trying,
): Promise<readonly WithinBudget[]> {
  const operations = [...new Set(mistakes.map(({ operation }) => operation.id))]
  const spending: Omit<Spending, 'suite' | 'seconds'> = { ...trying, operations }
  const most = Math.max(...budgets)
  const ends = await spendAlone({ ...spending, suite: 'plain', seconds: most })
  const perRun = operations.reduce((sum, id) => sum + secondsPerRun.get(id)!, 0)
  const named = (noticed: (id: string) => boolean) =>
    new Set(mistakes.map(({ id }) => id).filter(noticed))
  const plainly = (runs: number) => named((id) => (plain.get(id) ?? plainRuns + 1) <= runs)

  const compared: WithinBudget[] = []
  for (const seconds of budgets) {
    const done = (await spendAlone({ ...spending, suite: 'ours', seconds })) as Done
    const isBy = (after: ReadonlyMap<string, number>, had: Done['cases']) =>
      [...after].some(([property, count]) => count <= (had[property] ?? 0))
    compared.push({
      seconds,
      ours: named((id) => {
        const after = ours.get(id)!
        return isBy(after.glances, done.glances) || isBy(after.cases, done.cases)
      }),
      plain: plainly((ends as readonly number[]).filter((end) => end <= seconds).length),
      warm: plainly(Math.min(plainRuns, Math.floor(seconds / perRun))),
    })
  }
  return compared
}

/** After how many cases mistakes are noticed, and runs of the plain suite; and what these take. */
export async function failuresIn(mistakes: readonly Mistake[], trying: Trying): Promise<Failures> {
  const ours = new Map<string, NoticedAfter>()
  const plain = new Map<string, number>()
  const secondsPerRun = new Map<string, number>()
  for (const operation of new Set(mistakes.map((mistake) => mistake.operation))) {
    const property = await plainProperty(operation, right.operations[operation.id], trying.seed)
    secondsPerRun.set(operation.id, property.secondsPerRun)
    for (const mistake of mistakes.filter((each) => each.operation === operation)) {
      const after = await firstFailure(property, mistake.make())
      if (after !== null) plain.set(mistake.id, after)
      ours.set(mistake.id, await failuresOf(mistake, trying))
    }
  }
  return { ours, plain, secondsPerRun }
}
