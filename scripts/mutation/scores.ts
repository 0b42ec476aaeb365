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
  /** Noticed, in percent of all that were tried. */
  readonly score: number
  /** Where these are a sample: of how many, by which seed, and Wilson's interval of 95 % of the score. */
  readonly sample?: Sample
  /** Each mutant that no test noticed; where it makes no difference, why. */
  readonly survivors: readonly Survivor[]
}

export interface Survivor {
  readonly place: string
  readonly mutator: string
  readonly replacement: string
  readonly why?: string
}

interface Sample {
  readonly of: number
  readonly seed: number
  readonly interval: readonly [number, number]
}

/** What Stryker tells of a mutant. */
interface Mutant {
  readonly fileName: string
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: string
}

/** The scores that were measured. */
export function kept(): readonly Score[] {
  const file = join(root, 'scripts/mutation/scores.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Score[]) : []
}

/** When and how a score was measured. */
interface Measured {
  readonly commit: string
  readonly date: Date
  /** Where only a sample was tried, which has no result but for those that were drawn. */
  readonly drawn?: { readonly seed: number } | undefined
}

/** The score of a folder; explanations of survivors that were given before stay with them. */
export function scoreOf(
  folder: string,
  mutants: readonly Mutant[],
  { commit, date, drawn }: Measured,
): Score {
  const count = (...statuses: readonly string[]) =>
    mutants.filter(({ status }) => statuses.includes(status)).length
  const before = kept().find((one) => one.folder === folder)?.survivors ?? []
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location: { start }, mutatorName, replacement = '' }): Survivor => {
      const file = fileName.replace(`${root}/`, '').replaceAll('\\', '/')
      const place = `${file}:${start.line}:${start.column}`
      const found = { place, mutator: mutatorName, replacement }
      const why = before.find(
        (one) => one.place === found.place && one.replacement === replacement,
      )?.why
      return { ...found, ...(why !== undefined && { why }) }
    })
  const killed = count('Killed', 'Timeout', 'RuntimeError')
  const tried = killed + survivors.length
  const all = tried + count('CompileError')
  const [low, high] = wilson(killed, tried)
  return {
    ...{ folder, commit, date: date.toISOString().slice(0, 10), killed },
    survived: survivors.length,
    score: percent(killed / tried),
    ...(drawn && { sample: { of: all, ...drawn, interval: [percent(low), percent(high)] } }),
    survivors,
  }
}

const percent = (share: number) => Math.round(1000 * share) / 10

/**
 * The interval of 95 % of a share of which `hits` of `n` were seen (Wilson 1927), which holds for few and for shares
 * near 1, too.
 */
export function wilson(hits: number, n: number): [number, number] {
  const z = 1.959964
  const center = hits + z ** 2 / 2
  const half = z * Math.sqrt((hits * (n - hits)) / n + z ** 2 / 4)
  return [(center - half) / (n + z ** 2), (center + half) / (n + z ** 2)]
}

/** The scores for a terminal. */
export function tableOf(scores: readonly Score[]): string {
  const lines = scores.map((score) => {
    const { folder, date, commit } = score
    return `${folder.padEnd(34)} ${told(score)}; ${date}, ${commit.slice(0, 7)}`
  })
  return `${lines.join('\n')}\n`
}

/** Of mutants that make a difference, how many of several folders were noticed: who survives and is explained makes none. */
export function noticedTogether(scores: readonly Score[]) {
  const sum = (count: (score: Score) => number) => scores.reduce((all, one) => all + count(one), 0)
  const killed = sum((one) => one.killed)
  const open = sum(({ survivors }) => survivors.filter(({ why }) => why === undefined).length)
  return { killed, of: killed + open, alike: sum(({ survived }) => survived) - open }
}

/** A score in words. */
export function told({ killed, survived, score, sample, survivors }: Score): string {
  const explained = survivors.filter(({ why }) => why !== undefined).length
  const tried = killed + survived
  const [low, high] = sample?.interval ?? []
  const share = sample === undefined ? `${score} %` : `${score} % (${low} to ${high})`
  const of = sample === undefined ? '' : `, drawn from ${sample.of.toLocaleString('en')}`
  return `${share} of ${tried} mutants${of}, ${explained} of ${survived} others explained`
}
