import type { Clause } from '../../spec/language/clause.ts'
import { unitsOf } from '../suite/divide.ts'
import { Gathering } from '../suite/gathering.ts'
import type { Part } from '../suite/part.ts'
import { runPart } from '../suite/part.ts'
import { Progress } from '../suite/progress.ts'
import { evidenceFrom, sentEvidence } from '../suite/sent-evidence.ts'
import { noStanding } from '../suite/standing.ts'
import type { Checked } from './checked.ts'

/**
 * The parts of a run without a limit of time. Clauses that belong together are brought to their end before others
 * are begun, so that there are verdicts soon, and each part can be kept.
 */
export async function checkInFull({
  clauses,
  done: { parts },
  keep,
  pause,
  onProgress,
  ...options
}: Checked): Promise<readonly Part[]> {
  const { runs, signal } = options
  const units = soonestFirst(clauses, runs)
  const progress = new Progress(units, runs, 1, null, onProgress)
  pause.onEnd = (milliseconds) => progress.putOff(milliseconds)
  const gathering = new Gathering()
  for (const [i, unit] of units.entries()) {
    const toCome = units.slice(i + 1).flat()
    const key = unit[0]!.id
    const before = parts[key]
    if (before !== undefined) {
      gathering.take({ ...before, evidence: evidenceFrom(before.evidence) }, toCome)
      for (const report of before.clauses) {
        const { id: clause, verdict } = report
        progress.take(unit, {
          clause,
          verdict,
          finished: [report],
          done: 0,
          total: 0,
          ...noStanding,
        })
      }
      continue
    }
    const [part] = await runPart({
      ...options,
      clauses: unit,
      deadline: null,
      onProgress: (event) => progress.take(unit, event),
    })
    gathering.take(part!, toCome)
    if (signal.aborted) continue
    const { evidence, ...found } = part!
    const sent = { ...found, evidence: sentEvidence(evidence, evidence.operations) }
    keep({ parts: { [key]: sent } })
  }
  return gathering.parts
}

/** What takes least before everything else, in the order of the specification. */
function soonestFirst(clauses: readonly Clause[], runs: number): readonly (readonly Clause[])[] {
  const units = unitsOf(clauses, runs)
  const soonest = units.at(-1)
  const place = (unit: readonly Clause[]) =>
    unit === soonest ? -1 : Math.min(...unit.map((clause) => clauses.indexOf(clause)))
  return units.toSorted((a, b) => place(a) - place(b))
}
