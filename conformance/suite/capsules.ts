import { hash } from '../base/hash.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Finding, Verdict } from '../engine/verdict.ts'
import type { Report } from './model.ts'

/** The file of a capsule: the property, and a digest of the case, so that cases do not collide. */
export function fileOf({ property, inputs, parameters, invalid }: Capsule): string {
  const about = invalid === undefined ? [inputs, parameters] : [inputs, parameters, invalid]
  const digest = (hash(JSON.stringify(about)) >>> 0).toString(16).padStart(8, '0')
  return `${property.replace('/', '--')}--${digest}.capsule.json`
}

function capsuleOf(verdict: Verdict): Capsule | null {
  return 'capsule' in verdict ? verdict.capsule : null
}

/** What a property found beside what its verdict says first. */
export function othersOf(verdict: Verdict): readonly Finding[] {
  return ('others' in verdict ? verdict.others : undefined) ?? []
}

/** Every case of a report that did not conform. */
export function capsulesIn(report: Report): readonly Capsule[] {
  return report.clauses
    .flatMap(({ properties }) =>
      properties.flatMap(({ verdict }) => [
        capsuleOf(verdict),
        ...othersOf(verdict).map(({ capsule }) => capsule),
      ]),
    )
    .filter((capsule) => capsule !== null)
}

/** The same report with the command that runs each of its cases again. */
export function withReplays(report: Report, command: (capsule: Capsule) => string): Report {
  const replayed = (verdict: Verdict): Verdict => {
    const capsule = capsuleOf(verdict)
    if (capsule === null) return verdict
    const others = othersOf(verdict).map((other) => ({ ...other, replay: command(other.capsule) }))
    return { ...verdict, replay: command(capsule), others } as Verdict
  }
  return {
    ...report,
    clauses: report.clauses.map((clause) => ({
      ...clause,
      properties: clause.properties.map((property) => ({
        ...property,
        verdict: replayed(property.verdict),
      })),
    })),
  }
}
