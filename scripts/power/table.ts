import { type Kind, kinds } from './mistake.ts'
import type { Noticed } from './notice.ts'

/** Rows of cells as a Markdown table whose columns are as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n')
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted.length === 0 ? Number.NaN : sorted[Math.floor((sorted.length - 1) / 2)]
}

export function share(part: number, of: number): string {
  return of === 0 ? '–' : `${part} of ${of}, ${((100 * part) / of).toFixed(0)} %`
}

const medianAndWorst = (values: readonly number[]) =>
  values.length === 0 ? '–' : `${median(values).toFixed(0)}, ${Math.max(...values).toFixed(0)}`

/** How many mistakes of each kind were noticed with each seed, and what that took. */
export function noticedByKind(bySeed: ReadonlyMap<number, readonly Noticed[]>): string {
  const seeds = [...bySeed.keys()]
  const row = (name: string, belongs: (noticed: Noticed) => boolean) => {
    const all = seeds.map((seed) => bySeed.get(seed)!.filter(belongs))
    const seen = all.map((each) => each.filter(({ property }) => property !== null))
    return [
      name,
      ...all.map((each, i) => share(seen[i].length, each.length)),
      medianAndWorst(seen.flat().map(({ cases }) => cases)),
      medianAndWorst(seen.flat().map(({ milliseconds }) => milliseconds)),
    ]
  }
  const head = ['kind', ...seeds.map((seed) => `seed ${seed}`), 'cases to notice', 'milliseconds']
  const names = Object.keys(kinds) as Kind[]
  return table([
    head,
    ...names.map((kind) => row(kind, ({ mistake }) => mistake.kind === kind)),
    row('all', () => true),
  ])
}
