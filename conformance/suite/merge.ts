import { clauses as everyClause } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { countLines } from '../../spec/notes.ts'
import { Evidence } from '../engine/evidence.ts'
import type { Implementation } from '../engine/implementation.ts'
import { severest } from '../engine/verdict.ts'
import { withCauses } from './blame.ts'
import { withDiagnoses, wrongIn } from './diagnoses.ts'
import type { ClauseReport, Environment, PropertyReport, Report } from './model.ts'
import type { Part } from './part.ts'
import { countEvidence } from './proof.ts'
import { summarize } from './summarize.ts'

/** The run that some parts are of, on one implementation. */
export interface Whole {
  /** Its clauses, in order. */
  readonly clauses: readonly Clause[]
  readonly implementation: Pick<Implementation, 'precision' | 'profile'>
  readonly environment: Environment
  /** How long it took. */
  readonly seconds: number
}

/**
 * The report of a run from its parts, however its clauses were divided: what needs all of them, such as which
 * mistake gives all wrong answers of an operation, which failure explains another, and every total, is
 * worked out here and nowhere before.
 *
 * Of evidence, what the parts kept of operations that are wrong in any of them is enough.
 *
 * @throws {Error} a clause is in no part, or in several
 */
export async function merge(parts: readonly Part[], whole: Whole): Promise<Report> {
  const { environment, implementation, seconds } = whole
  const mismatch = parts.find((part) => part.mismatch !== null)?.mismatch ?? null
  const found = inOrder(parts, whole.clauses)
  const diagnosed = await withDiagnoses(found, implementation, evidenceIn(parts))
  const clauses =
    mismatch === null ? diagnosed : diagnosed.map((clause) => distrusted(clause, mismatch))
  return {
    format: 'touchstone-report/1',
    summary: {
      ...summarize(clauses, countLines(everyClause), { seconds, runs: environment.runs }),
      evidence: countEvidence({ clauses, environment }),
    },
    environment: { ...environment, mismatch },
    clauses: withCauses(clauses),
    known: null,
  }
}

/** The operations that are wrong in some parts: those whose evidence a merge needs. */
export function wrongInParts(parts: readonly Pick<Part, 'clauses'>[]): readonly string[] {
  const properties = parts.flatMap((part) => part.clauses.flatMap((clause) => clause.properties))
  return [...new Set(properties.flatMap(wrongIn))]
}

function inOrder(parts: readonly Part[], clauses: readonly Clause[]): readonly ClauseReport[] {
  const found = new Map<string, ClauseReport>()
  for (const report of parts.flatMap((part) => part.clauses)) {
    if (found.has(report.id)) throw new Error(`${report.id} is in several parts of a run`)
    found.set(report.id, report)
  }
  return clauses.map(({ id }) => {
    const report = found.get(id)
    if (report === undefined) throw new Error(`${id} is in no part of a run`)
    return report
  })
}

function evidenceIn(parts: readonly Part[]): Evidence {
  const [first, ...others] = parts
  if (others.length === 0) return first?.evidence ?? new Evidence()
  const all = new Evidence()
  for (const { evidence } of parts) {
    for (const operation of evidence.operations) all.add(operation, evidence.given(operation))
  }
  return all
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
