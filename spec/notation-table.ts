import { areasInWords, axisOrders, chapters, kinds, type Notation, notation } from './notation.ts'

const headings: Readonly<Record<Notation['kind'], string>> = {
  size: 'Sizes of axes',
  index: 'Indices',
  array: 'Arrays',
  scalar: 'Numbers',
  function: 'Functions',
}

/** The notation as Markdown tables, for `spec/README.md`; `npm run notation` puts them there. */
export function notationTables(): string {
  const sections = (Object.keys(headings) as Notation['kind'][]).map((kind) => [
    `### ${headings[kind]}`,
    '',
    ...table(
      ['symbol', 'in code', 'meaning', 'areas'],
      notation
        .filter((entry) => entry.kind === kind)
        .map(({ latex, symbol, meaning, areas }) => [
          `$${latex}$`,
          `\`${symbol}\``,
          meaning,
          areasInWords(areas),
        ]),
    ),
  ])
  const orders = [
    '### Order of axes',
    '',
    ...table(
      ['array', 'axes, first to last', 'elsewhere'],
      axisOrders.map(({ of, axes, elsewhere }) => [of, axes, elsewhere]),
    ),
  ]
  const words = [
    '### Kinds of clause',
    '',
    ...table(
      ['kind', 'meaning'],
      kinds.map(({ kind, meaning }) => [kind, meaning]),
    ),
  ]
  const areas = [
    '### Areas',
    '',
    ...table(
      ['in these tables', 'areas'],
      chapters.map(([name, members]) => [name, members.join(', ')]),
    ),
  ]
  return [...sections, areas, orders, words].map((lines) => lines.join('\n')).join('\n\n')
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)]
}
