import { referencesById } from '../../../reference/index.ts'
import { clauseById } from '../../../spec/index.ts'
import type { Case } from '../../arbitraries/case.ts'
import type { Checked } from '../../engine/candidate.ts'
import { Checking } from '../../engine/checking.ts'
import { Evidence } from '../../engine/evidence.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { Property } from '../../engine/property.ts'
import type { TargetedCases } from '../../engine/targeted.ts'
import { withDiagnoses } from '../diagnoses.ts'
import type { ClauseReport } from '../model.ts'
import { type Problem, problemsOf } from '../problems.ts'

export interface TurnOptions {
  readonly implementations: readonly Implementation[]
  /** Cases of the property, and which are tried before them. */
  readonly runs: number
  readonly kept: readonly Case[]
  readonly seed: number
  /** Where its cases come from, and what learns from them. */
  readonly targeted: TargetedCases
  /** How long cases are tried, in milliseconds. */
  readonly milliseconds: number
  /** When the hunt ends, by `performance.now()`. */
  readonly deadline: number
  readonly caseTimeout?: number
  /** Told what ends the turn at once. */
  readonly onBegin: (end: () => void) => void
}

/** What came of a turn: the problems of each implementation, in its place. */
export interface Turn {
  readonly cases: number
  readonly problems: readonly (readonly Problem[])[]
}

/** What is found may be made small for so long, in milliseconds, even where the time is over. */
const graceToConclude = 20_000

/** Tries some cases of a property on implementations, and makes small what fails. */
export async function takeTurn(property: Property, options: TurnOptions): Promise<Turn> {
  const { implementations, runs, kept, seed, targeted, deadline, caseTimeout } = options
  const evidences = implementations.map(() => new Evidence())
  const candidates = implementations.map((implementation, i) => ({
    implementation,
    evidence: evidences[i]!,
    runs,
    kept,
    deadline,
    shrink: true,
    onTrial: targeted.learn.bind(targeted),
    ...(caseTimeout !== undefined && { caseTimeout }),
  }))
  const checking = new Checking(property, candidates, referencesById, seed, targeted.cases())
  options.onBegin(() => {
    checking.deadline = 0
  })
  try {
    await checking.tryUpTo(Number.POSITIVE_INFINITY, options.milliseconds)
    const { cases, failed } = checking
    if (!failed) return { cases, problems: implementations.map(() => []) }
    checking.deadline = performance.now() + graceToConclude
    await checking.conclude()
    const problems = checking.checked().map((checked, i) => {
      const report = reportOn(property, checked)
      return problemsIn(report, implementations[i]!, evidences[i]!)
    })
    return { cases, problems: await Promise.all(problems) }
  } finally {
    checking.close()
  }
}

async function problemsIn(
  report: ClauseReport,
  implementation: Implementation,
  evidence: Evidence,
): Promise<readonly Problem[]> {
  const clauses = await withDiagnoses([report], implementation, evidence)
  return problemsOf({
    clauses: clauses.map((clause) => ({ ...clause, cause: null })),
    known: null,
    environment: { precision: implementation.precision },
  })
}

function reportOn(property: Property, { declined, ...checked }: Checked): ClauseReport {
  const { id, title, operations, clause } = property
  const report = { id, title, operations: operations.map((operation) => operation.id) }
  return {
    id: clause,
    title: clauseById(clause)!.title,
    verdict: checked.verdict.outcome,
    tested: false,
    properties: [{ ...report, ...checked, ...(declined && { declined }), faults: [] }],
  }
}
