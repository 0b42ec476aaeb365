import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../conformance/base/root.ts'

/** What came of the mutants of a folder, as it was measured. */
export interface Score {
  readonly folder: string
  readonly commit: string
  readonly date: string
  readonly killed: number
  readonly survived: number
  /** Noticed, in percent of all that some test runs. */
  readonly score: number
  /** Each mutant that no test noticed; where it makes no difference, why. */
  readonly survivors: readonly Survivor[]
}

export interface Survivor {
  readonly place: string
  readonly mutator: string
  readonly replacement: string
  readonly why?: string
}

/** What Stryker tells of a mutant. */
interface Mutant {
  readonly fileName: string
  readonly location: { readonly start: { readonly line: number } }
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: string
}

/** The scores that were measured. */
export function kept(): readonly Score[] {
  const file = join(root, 'scripts/mutation/scores.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Score[]) : []
}

/** The score of a folder; explanations of survivors that were given before stay with them. */
export function scoreOf(
  folder: string,
  mutants: readonly Mutant[],
  { commit, date }: { readonly commit: string; readonly date: Date },
): Score {
  const count = (...statuses: readonly string[]) =>
    mutants.filter(({ status }) => statuses.includes(status)).length
  const before = kept().find((one) => one.folder === folder)?.survivors ?? []
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location, mutatorName, replacement = '' }): Survivor => {
      const file = fileName.replace(`${root}/`, '').replaceAll('\\', '/')
      const found = { place: `${file}:${location.start.line}`, mutator: mutatorName, replacement }
      const why = before.find(
        (one) => one.place === found.place && one.replacement === replacement,
      )?.why
      return { ...found, ...(why !== undefined && { why }) }
    })
  const killed = count('Killed', 'Timeout', 'RuntimeError')
  const score = Math.round((1000 * killed) / (killed + survivors.length)) / 10
  const day = date.toISOString().slice(0, 10)
  return { folder, commit, date: day, killed, survived: survivors.length, score, survivors }
}

/** The scores for a terminal. */
export function tableOf(scores: readonly Score[]): string {
  const lines = scores.map(({ folder, killed, survived, score, survivors, commit, date }) => {
    const explained = survivors.filter(({ why }) => why !== undefined).length
    return `${folder.padEnd(34)} ${`${score} %`.padStart(7)}  ${killed} of ${killed + survived} mutants noticed, ${explained} of ${survived} others explained; ${date}, ${commit.slice(0, 7)}`
  })
  return `${lines.join('\n')}\n`
}
