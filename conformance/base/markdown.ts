import { figure, visible } from './text.ts'

/** So many lines are listed at most. */
const mostListed = 10

/** Text that Markdown takes literally, on one line, cut after so many characters. */
export function escaped(text: string, most?: number): string {
  return visible(text, most)
    .replace(/[\\`*_{}[\]()<>#+|~!&$@]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replaceAll('://', '&#58;//')
    .replace(/\s+/g, ' ')
}

/** Text as code on one line, whatever backticks it holds, cut after so many characters. */
export function code(text: string, longest = Number.POSITIVE_INFINITY): string {
  const whole = visible(text).replace(/\s+/g, ' ').trim()
  const line = whole.length > longest ? `${whole.slice(0, longest)} …` : whole
  const fence = '`'.repeat(longestRun(line, 0) + 1)
  const padding = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : ''
  return `${fence}${padding}${line}${padding}${fence}`
}

/** Lines of a language, a command unless told otherwise, as a block of its own. */
export function fenced(text: string, language = 'sh'): string {
  const fence = '`'.repeat(longestRun(text, 2) + 1)
  return `${fence}${language}\n${visible(text)}\n${fence}`
}

/** Lines that open when a reader asks for them. */
export function folded(summary: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return ['', `<details><summary>${escaped(summary)}</summary>`, '', ...lines, '', '</details>']
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]) {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

/** Items of a list after an empty line, so many at most. */
export function listed(items: readonly string[], most = mostListed): readonly string[] {
  if (items.length === 0) return []
  const shown = items.length > most ? items.slice(0, most - 1) : items
  const rest = items.length - shown.length
  return [
    '',
    ...shown.map((item) => `- ${item}`),
    ...(rest > 0 ? [`- and ${figure(rest)} more, which the report has`] : []),
  ]
}

function longestRun(text: string, least: number): number {
  return Math.max(least, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
}
