import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { isWritten, type LineAccount } from '../../spec/notes.ts'
import { figure } from '../base/text.ts'

const [cellWidth, cellHeight, perRow, left, gap] = [13, 15, 30, 130, 5]
const width = left + perRow * cellWidth

/** What a line is drawn as. */
const looks = [
  { name: 'one clause', look: 'some' },
  { name: 'two or three', look: 'more' },
  { name: 'four or more', look: 'most' },
  { name: 'informative', look: 'informative' },
  { name: 'nothing said yet', look: 'open' },
  { name: 'blank', look: 'blank' },
  { name: 'an erratum', look: 'wrong' },
] as const

/**
 * All lines of the notes at a glance, chapter by chapter. Who does not see it has the sentence below and the table
 * of all lines, with the same links: that is why it is hidden from them, and why its links are no stops of the keyboard.
 */
export function NotesPicture({ accounts }: { accounts: readonly LineAccount[] }) {
  const wrong = new Set(
    (clauses as readonly Clause[]).flatMap(({ errata }) =>
      errata.flatMap(({ lines: [first, last] }) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      ),
    ),
  )
  const chapters = chaptersOf(accounts.length - 1)
  const rowsOf = ({ first, last }: Chapter) => Math.ceil((last - first + 1) / perRow)
  let top = 0
  const placed = chapters.map((chapter) => {
    const from = top
    top += rowsOf(chapter) * cellHeight + gap
    return { ...chapter, top: from }
  })
  return (
    <figure class="chart ledger">
      <svg viewBox={`0 0 ${width} ${top}`} aria-hidden="true">
        {placed.map(({ area, first, last, top: from }) => (
          <>
            <text x={left - 8} y={from + 11} text-anchor="end">
              {area} {first}
            </text>
            {accounts.slice(first, last + 1).map((account, at) => {
              const line = first + at
              const [x, y] = [
                left + (at % perRow) * cellWidth,
                from + Math.floor(at / perRow) * cellHeight,
              ]
              const look = isWritten(line) ? lookOf(account) : 'blank'
              const cell = (
                <rect class={look} x={x} y={y} width={cellWidth - 1} height={cellHeight - 2} />
              )
              if (look === 'blank') return cell
              return (
                <a href={`#line-${line}`} tabIndex={-1}>
                  <title>{`line ${line}: ${inWords(account)}`}</title>
                  {cell}
                  {wrong.has(line) && <circle class="wrong" cx={x + 6} cy={y + 6.5} r="2.6" />}
                </a>
              )
            })}
          </>
        ))}
      </svg>
      <figcaption>
        {looks.map(({ name, look }) => (
          <span class="legend">
            <svg viewBox="0 0 24 12" aria-hidden="true">
              {look === 'wrong' ? (
                <circle class={look} cx="12" cy="6" r="4" />
              ) : (
                <rect class={look} x="4" y="0" width="16" height="12" />
              )}
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
      <p>
        Each of the {figure(accounts.length - 1)} lines is a field, {perRow} in a row, and leads to
        what became of it; beside each chapter is its first line. The same is in the table of all
        lines below.
      </p>
    </figure>
  )
}

interface Chapter {
  readonly area: string
  readonly first: number
  readonly last: number
}

/** An area begins where the first of its clauses is stated, and goes on to the next one. */
function chaptersOf(lines: number): readonly Chapter[] {
  const starts = new Map<string, number>()
  for (const { id, source } of clauses as readonly Clause[]) {
    const area = id.slice(0, id.indexOf('.'))
    for (const [first] of source.notes) {
      starts.set(area, Math.min(first, starts.get(area) ?? first))
    }
  }
  const sorted = [...starts].toSorted(([, a], [, b]) => a - b)
  return sorted.map(([area, start], at) => ({
    area,
    first: at === 0 ? 1 : start,
    last: (sorted[at + 1]?.[1] ?? lines + 1) - 1,
  }))
}

function lookOf(account: LineAccount): string {
  switch (account.kind) {
    case 'clauses': {
      const { length } = account.ids
      return length === 1 ? 'some' : length < 4 ? 'more' : 'most'
    }
    case 'informative':
      return 'informative'
    default:
      return 'open'
  }
}

function inWords(account: LineAccount): string {
  switch (account.kind) {
    case 'clauses':
      return account.ids.join(', ')
    case 'informative':
      return account.reason
    default:
      return 'nothing said yet'
  }
}
