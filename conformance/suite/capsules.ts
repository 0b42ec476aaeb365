import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../arbitraries/case.ts'
import { messageOf } from '../base/message.ts'
import { root } from '../base/root.ts'
import type { Capsule } from '../engine/capsule.ts'
import { caseIn } from '../engine/encapsulate.ts'
import type { Finding, Verdict } from '../engine/verdict.ts'
import type { Report } from './model.ts'
import { readCapsule, readOwnCapsule } from './replay.ts'

/** The file of a capsule: the property, and a digest of the case, so that cases do not collide. */
export function fileOf({ property, inputs, parameters, invalid }: Capsule): string {
  const about = invalid === undefined ? [inputs, parameters] : [inputs, parameters, invalid]
  const digest = createHash('sha256').update(JSON.stringify(about)).digest('hex')
  return `${property.replace('/', '--')}--${digest.slice(0, 8)}.capsule.json`
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

/** The capsules that come with the project. */
const ownCapsules = join(root, 'conformance/capsules')

/**
 * The cases of the capsules that come with the project, and of those in some folders, by property:
 * tried before all others. A file that is no capsule, or of a property that has changed since, is
 * left out and named.
 */
export function keptCases(folders: readonly string[]): {
  readonly kept: Readonly<Record<string, readonly Case[]>>
  readonly problems: readonly string[]
} {
  const kept: Record<string, Case[]> = {}
  const problems: string[] = []
  const seen = new Set<string>()
  for (const folder of [ownCapsules, ...folders]) {
    if (!existsSync(folder)) continue
    for (const file of readdirSync(folder).toSorted()) {
      if (!file.endsWith('.capsule.json') || seen.has(file)) continue
      seen.add(file)
      try {
        const text = readFileSync(join(folder, file), 'utf8')
        // To check one against the schema takes longer than to try its case a thousand times.
        const own = folder === ownCapsules
        const capsule = own ? readOwnCapsule(JSON.parse(text)) : readCapsule(text)
        kept[capsule.property] = [...(kept[capsule.property] ?? []), caseIn(capsule)]
      } catch (error) {
        const problem = messageOf(error)
        problems.push(`${join(folder, file)}: ${problem}`)
      }
    }
  }
  return { kept, problems }
}
