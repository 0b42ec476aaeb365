import { referencesById } from '../../reference/index.ts'
import { clauseById, clauses as everyClause } from '../../spec/index.ts'
import { ledger } from '../../spec/notes.ts'
import { survivorsIn } from './gaps.ts'
import type { ClauseReport, Environment, EvidenceCounts, Report } from './model.ts'

/** What stands behind a clause in a run, one step after the other. */
export interface ClauseProof {
  readonly id: string
  /** Whether the specification has it. */
  readonly specified: boolean
  /** Whether all of its operations have a formula, and are provided by the implementation. */
  readonly referenced: boolean
  readonly implemented: boolean
  readonly properties: number
  /** The faults that its properties had to notice in this run, and those that each of them noticed. */
  readonly faults: number
  readonly killed: number
  readonly verdict: ClauseReport['verdict']
  /** Whether faults were tried in this run and every property noticed its own. */
  readonly proven: boolean
}

/** What stands behind each clause of a report. */
export function proofsIn({
  clauses,
  environment,
}: {
  readonly clauses: readonly ClauseReport[]
  readonly environment: Pick<Environment, 'operations'>
}): readonly ClauseProof[] {
  const provided = new Set(environment.operations.provided)
  return clauses.map(({ id, verdict, tested, properties }) => {
    const operations = clauseById(id)?.operations.map((operation) => operation.id)
    const all = new Map<string, boolean>()
    for (const { name, killed } of properties.flatMap(({ faults }) => faults)) {
      all.set(name, killed && all.get(name) !== false)
    }
    return {
      id,
      specified: operations !== undefined,
      referenced: operations?.every((it) => Object.hasOwn(referencesById, it)) ?? false,
      implemented: operations?.every((it) => provided.has(it)) ?? false,
      properties: properties.length,
      faults: all.size,
      killed: [...all.values()].filter(Boolean).length,
      verdict,
      proven: operations !== undefined && tested && [...all.values()].every(Boolean),
    }
  })
}

/** Claims of a report that nothing stands behind, as a sentence each. */
export function unprovenIn(report: Pick<Report, 'clauses' | 'environment'>): readonly string[] {
  return [
    ...proofsIn(report).flatMap(({ id, specified, referenced, properties, faults, verdict }) => {
      if (!specified) return [`${id}: a clause that the specification does not have`]
      if (!referenced) return [`${id}: an operation of it has no reference`]
      if (properties === 0) return [`${id}: a clause without property`]
      if (verdict === 'conforms' && faults === 0) return [`${id}: conforms, and no fault was tried`]
      return []
    }),
    ...report.clauses.flatMap(({ properties }) =>
      properties.flatMap(({ id, faults, verdict }) =>
        verdict.outcome === 'conforms' && faults.length === 0
          ? [`${id}: conforms, and no fault was tried`]
          : [],
      ),
    ),
    ...survivorsIn(report),
  ]
}

/** The figures of a whole run: how many of its clauses get how far. */
export function countEvidence(report: {
  readonly clauses: readonly ClauseReport[]
  readonly environment: Pick<Environment, 'operations'>
}): EvidenceCounts {
  const proofs = proofsIn(report)
  const count = (test: (proof: ClauseProof) => boolean) => proofs.filter(test).length
  const lines = ledger(everyClause)
  return {
    specified: count(({ specified }) => specified),
    referenced: count(({ referenced }) => referenced),
    implemented: count(({ implemented }) => implemented),
    proven: count(({ proven }) => proven),
    standing: count(({ proven, verdict }) => proven && verdict === 'conforms'),
    linesLeftOut: lines.filter((it) => it.kind === 'informative' && it.reason !== 'blank').length,
    linesOpen: lines.filter(({ kind }) => kind === 'unaccounted').length,
  }
}
