import { clauses as everyClause } from '../../spec/index.ts'
import { countLines } from '../../spec/notes.ts'
import { messageOf } from '../base/message.ts'
import type { Implementation } from '../engine/implementation.ts'
import { severest } from '../engine/verdict.ts'
import { withCauses } from './blame.ts'
import { runClausesOnEach, type SuiteOptions } from './clauses.ts'
import { environmentOf } from './environment.ts'
import type { ClauseReport, PropertyReport, Report, Requirement } from './model.ts'
import { summarize } from './summarize.ts'

export interface RunOptions extends Omit<SuiteOptions, 'deadline' | 'implementation'> {
  readonly implementation: Implementation
  /** When to stop, in seconds from now; `null` for never. */
  readonly seconds: number | null
  /** What a pass takes; `provided` unless told otherwise. */
  readonly require?: Requirement
}

export interface RunManyOptions extends Omit<RunOptions, 'implementation'> {
  readonly implementations: readonly Implementation[]
}

/** Checks clauses on an implementation and reports: plain data in, plain data out. */
export async function run({ implementation, ...options }: RunOptions): Promise<Report> {
  const [report] = await runMany({ ...options, implementations: [implementation] })
  return report!
}

/** Checks clauses on several implementations, on the same cases, and reports on each. */
export async function runMany(options: RunManyOptions): Promise<readonly Report[]> {
  const { seconds, implementations, ...rest } = options
  const environments = implementations.map((implementation) =>
    environmentOf(implementation, options),
  )
  const guarded = implementations.map(watched)
  const started = performance.now()
  const over = seconds === null ? null : Date.now() + seconds * 1000
  const found = await runClausesOnEach({
    ...rest,
    implementations: guarded.map(({ implementation }) => implementation),
    deadline: over,
  })
  const took = (performance.now() - started) / 1000
  return found.map((clauses, position) => {
    const mismatch = guarded[position]!.mismatch()
    const trusted =
      mismatch === null ? clauses : clauses.map((clause) => distrusted(clause, mismatch))
    return {
      format: 'touchstone-report/1',
      summary: summarize(trusted, countLines(everyClause), { seconds: took, runs: options.runs }),
      environment: { ...environments[position]!, mismatch },
      clauses: withCauses(trusted),
      known: null,
    }
  })
}

/**
 * The same implementation, but one whose device turns out not to do the work does not end the run:
 * what was observed is kept, and nothing that it answers from then on is taken for an answer.
 */
function watched(implementation: Implementation) {
  let mismatch: string | null = null
  const operations = Object.fromEntries(
    Object.entries(implementation.operations).map(([id, evaluate]) => {
      const guarded: typeof evaluate = (inputs, parameters) => {
        if (mismatch !== null) throw new Error(mismatch)
        const pause = breather()
        return pause === null
          ? evaluate(inputs, parameters)
          : pause.then(() => evaluate(inputs, parameters))
      }
      return [id, guarded]
    }),
  )
  const assertDevice = () => {
    try {
      implementation.assertDevice?.()
    } catch (error) {
      mismatch ??= messageOf(error)
    }
  }
  return {
    implementation: { ...implementation, operations, assertDevice } satisfies Implementation,
    mismatch: () => mismatch,
  }
}

let lastBreath = 0

/**
 * Lets the process attend to signals and streams now and then, which an implementation that answers
 * at once would keep from it for as long as the run lasts.
 */
function breather(): Promise<void> | null {
  const now = performance.now()
  if (now - lastBreath < 50) return null
  lastBreath = now
  return new Promise((resolve) => setImmediate(resolve))
}

/** When something else did the work, nothing says since when: no pass is one. */
function distrusted(clause: ClauseReport, reason: string): ClauseReport {
  const properties = clause.properties.map((property): PropertyReport => {
    if (property.verdict.outcome !== 'conforms') return property
    const { cases } = property.verdict
    return {
      ...property,
      verdict: { outcome: 'errored', cases, reason, capsule: null, replay: null },
    }
  })
  return { ...clause, verdict: severest(properties.map((p) => p.verdict.outcome)), properties }
}
