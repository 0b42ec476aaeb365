import type { Row } from './campaign.ts'

/** What came of a campaign, for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const sum = (figure: (row: Row) => number) => rows.reduce((all, row) => all + figure(row), 0)
  const all: Row = {
    name: 'all',
    moments: sum(({ moments }) => moments),
    became: {
      whole: sum(({ became }) => became.whole),
      untouched: sum(({ became }) => became.untouched),
      elsewhere: sum(({ became }) => became.elsewhere),
      none: sum(({ became }) => became.none),
    },
    codes: new Map(),
    problems: rows.flatMap(({ problems }) => problems),
  }
  const head = [
    'interrupted by',
    'moments',
    'whole',
    'as before',
    'elsewhere',
    'lost',
    'problems',
    'ended with',
  ]
  const lines = [...rows, all].map(({ name, moments, became, codes, problems }) => [
    name,
    ...[moments, became.whole, became.untouched, became.elsewhere, became.none].map(String),
    String(problems.length),
    [...codes].map(([code, count]) => `${code} (${count})`).join(', '),
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i]!.length)))
  const shown = [head, ...lines].map((line) =>
    line
      .map((cell, i) => (i > 0 && i < 7 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  )
  return `${shown.join('\n')}\n`
}
