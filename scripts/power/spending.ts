import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { tuneV8 } from '../../conformance/base/v8.ts'
import type { Implementation } from '../../conformance/engine/implementation.ts'
import { run } from '../../conformance/suite/run.ts'
import { clauses, operations } from '../../spec/index.ts'
import { propertiesAsking, right, type Trying } from './notice.ts'
import { plainCases } from './plain/cases.ts'
import { plainRuns, tryPlainly } from './plain/suite.ts'
import { tellProcessorTime } from './processor-clock.ts'

/** What a suite has, and for which operations. */
export interface Spending extends Trying {
  readonly suite: 'ours' | 'plain'
  /** Of processor time. */
  readonly seconds: number
  readonly operations: readonly string[]
}

/** What ours has done by then, by property. */
export interface Done {
  readonly cases: Readonly<Record<string, number>>
  readonly glances: Readonly<Record<string, number>>
}

/** What a suite has done by then; of the plain one the seconds by which each run of all operations was over. */
export type Spent = Done | readonly number[]

/**
 * What a suite does in so many seconds in a process of its own, which has loaded its modules and run nothing yet.
 * Whatever is to be noticed, both suites ask the same implementation, which is right.
 */
export async function spendAlone(spending: Spending): Promise<Spent> {
  const [program] = process.argv.slice(1) as [string]
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, '--spend', JSON.stringify(spending)],
    { maxBuffer: 2 ** 26 },
  )
  return JSON.parse(stdout) as Spent
}

/** The same, in this process. */
export function spend(spending: Spending): Promise<Spent> {
  return spending.suite === 'ours' ? spendOnOurs(spending) : spendOnPlain(spending)
}

/** How many cases of each property a run has tried, and at how many it has glanced, when its time is over. */
async function spendOnOurs({ operations, seconds, runs, seed }: Spending): Promise<Spent> {
  const asking = new Set(operations.flatMap(propertiesAsking).map(({ clause }) => clause))
  const asked = clauses.filter(({ id }) => asking.has(id))
  // As the command line does.
  tuneV8()
  tellProcessorTime()
  const options = {
    clauses: asked,
    implementation: rightAt(operations),
    runs,
    seed,
    seconds,
    kept: {},
  }
  const glances: Record<string, number> = {}
  const onGlance = (property: string) => {
    glances[property] = (glances[property] ?? 0) + 1
  }
  const report = await run({ ...options, onProgress() {}, onGlance })
  const properties = report.clauses.flatMap((clause) => clause.properties)
  const cases = properties.map(({ id, verdict }) => [id, 'cases' in verdict ? verdict.cases : 0])
  return { cases: Object.fromEntries(cases), glances }
}

/** The right implementation, of these operations alone: the plain suite asks for no others, either. */
function rightAt(operations: readonly string[]): Implementation {
  const provided = Object.entries(right.operations).filter(([id]) => operations.includes(id))
  return { ...right, operations: Object.fromEntries(provided) }
}

/** When a case of every operation was tried, and another one, and so on: breadth first, as ours. */
async function spendOnPlain({ operations: ids, seconds, seed }: Spending): Promise<Spent> {
  const asked = operations.filter(({ id }) => ids.includes(id))
  const spent = tellProcessorTime()
  const random = new fc.Random(xorshift128plus(seed))
  const drawn = asked.map((operation) => ({ operation, cases: plainCases(operation) }))
  const ends: number[] = []
  while (ends.length < plainRuns) {
    // As fast-check has it: fewer and fewer of the numbers are those at the ends.
    const bias = 2 + Math.floor(Math.log10(ends.length + 1))
    for (const { operation, cases } of drawn) {
      const the = cases.generate(random, bias).value
      await tryPlainly(operation, the, right.operations[operation.id]!)
      if (spent() > seconds) return ends
    }
    ends.push(spent())
  }
  return ends
}
