import { oursOn } from '../../conformance/adapters/ours.ts'
import { run } from '../../conformance/suite/run.ts'
import { clauses } from '../../spec/index.ts'
import type { Mistake } from './mistake.ts'
import { failuresOf, propertiesAsking, right, type Trying } from './notice.ts'
import { firstFailure, plainProperty, plainRuns } from './plain/suite.ts'

/** Which mistakes each suite notices within so many seconds for everything. */
export interface WithinBudget {
  readonly seconds: number
  readonly ours: ReadonlySet<string>
  readonly plain: ReadonlySet<string>
}

/**
 * Compares both suites at several budgets. A budget is for all operations of the mistakes together, and
 * for whatever else the clauses ask that are about them; what a suite has
 * done when it is spent is observed on our own implementation, which is right, so that no mistake
 * makes it stop early. A mistake counts as noticed when a case on which it fails was among those.
 *
 * A run that is over before its budget is, stays what it is.
 */
export async function compare(
  mistakes: readonly Mistake[],
  budgets: readonly number[],
  trying: Trying,
): Promise<readonly WithinBudget[]> {
  const operations = new Set(mistakes.map(({ operation }) => operation.id))
  const asking = new Set([...operations].flatMap(propertiesAsking).map(({ clause }) => clause))
  // What hangs on the clock is short, and comes first; after how many cases a mistake shows does not.
  const tried: { readonly seconds: number; readonly done: ReadonlyMap<string, number> }[] = []
  for (const seconds of budgets) {
    tried.push({ seconds, done: await casesWithin(seconds, asking, trying) })
  }
  const plain = await plainFailures(mistakes, trying.seed)
  const ours = new Map<string, ReadonlyMap<string, number>>()
  for (const mistake of mistakes) ours.set(mistake.id, await failuresOf(mistake, trying))

  const compared: WithinBudget[] = []
  for (const { seconds, done } of tried) {
    const within = ([, failures]: readonly [string, ReadonlyMap<string, number>]) =>
      [...failures].some(([property, cases]) => cases <= (done.get(property) ?? 0))
    const runs = Math.min(plainRuns, Math.floor(seconds / plain.secondsPerRun))
    compared.push({
      seconds,
      ours: new Set([...ours].filter(within).map(([id]) => id)),
      plain: new Set([...plain.failures].filter(([, after]) => after <= runs).map(([id]) => id)),
    })
  }
  return compared
}

/** How many cases of each property a run of everything has tried when its time is over. */
async function casesWithin(seconds: number, asking: ReadonlySet<string>, { runs, seed }: Trying) {
  const { implementation } = await oursOn('wasm')
  const report = await run({
    clauses: clauses.filter(({ id }) => asking.has(id)),
    implementation,
    runs,
    seed,
    seconds,
    kept: {},
    onProgress() {},
  })
  const properties = report.clauses.flatMap((clause) => clause.properties)
  return new Map(
    properties.map(({ id, verdict }) => [id, 'cases' in verdict ? verdict.cases : 0] as const),
  )
}

/** After how many runs the plain suite notices mistakes, and what a run of all operations takes. */
async function plainFailures(mistakes: readonly Mistake[], seed: number) {
  const failures = new Map<string, number>()
  let secondsPerRun = 0
  for (const operation of new Set(mistakes.map((mistake) => mistake.operation))) {
    const property = await plainProperty(operation, right.operations[operation.id], seed)
    secondsPerRun += property.secondsPerRun
    for (const mistake of mistakes.filter((each) => each.operation === operation)) {
      const after = await firstFailure(property, mistake.make())
      if (after !== null) failures.set(mistake.id, after)
    }
  }
  return { failures, secondsPerRun }
}
