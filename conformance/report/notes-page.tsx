import { clauses } from '../../spec/index.ts'
import { isWritten, type LineAccount, ledger } from '../../spec/notes.ts'
import { figure } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { clausePath, page } from './layout.tsx'
import { Scroll } from './markup.tsx'
import { NotesPicture } from './notes-picture.tsx'

/** Lines of the notes one after the other with the same account. */
interface Stretch {
  readonly first: number
  readonly last: number
  readonly account: LineAccount
}

/** What became of each line of the notes, chapter by chapter. */
export function notesPage(report: Report): string {
  const accounts = ledger(clauses)
  const chapters = chaptersOf(accounts)
  const inReport = new Set(report.clauses.map(({ id }) => id))
  return page(
    { title: 'Ledger of the notes' },
    <>
      <h1>Ledger of the notes</h1>
      <p>
        Every line of the notes belongs to a clause, or states nothing that could be checked, with
        the reason. The notes are cited by line, and not copied.
      </p>
      <NotesPicture accounts={accounts} />
      <ul class="figures">
        {totalsOf(accounts).map(([name, count]) => (
          <li>
            <strong>{figure(count)}</strong> {name}
          </li>
        ))}
      </ul>
      <h2>By area</h2>
      <Scroll>
        <table>
          <thead>
            <tr>
              <th scope="col">area</th>
              <th scope="col">clauses</th>
              <th scope="col">lines with a clause</th>
              <th scope="col">errata</th>
            </tr>
          </thead>
          <tbody>
            {chapters.map(({ area, count, lines, errata }) => (
              <tr>
                <th scope="row">{area}</th>
                <td>{figure(count)}</td>
                <td>{figure(lines)}</td>
                <td>{figure(errata)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <h2>Line by line</h2>
      <table class="stack">
        <tbody>
          {stretchesOf(accounts).map(({ first, last, account }) => (
            <tr>
              <th scope="row">
                {linesIn(first, last).map((line) => (
                  <span id={`line-${line}`} />
                ))}
                {first === last ? first : `${first}–${last}`}
              </th>
              <td>
                <Account account={account} inReport={inReport} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>,
  )
}

function Account({ account, inReport }: { account: LineAccount; inReport: ReadonlySet<string> }) {
  switch (account.kind) {
    case 'clauses':
      return (
        <>
          {account.ids.map((id, position) => (
            <>
              {position > 0 && ', '}
              {inReport.has(id) ? <a href={clausePath(id)}>{id}</a> : id}
            </>
          ))}
        </>
      )
    case 'informative':
      return <span class="dim">{account.reason}</span>
    case 'unaccounted':
      return <span class="bad">unaccounted for</span>
  }
}

function totalsOf(accounts: readonly LineAccount[]): readonly (readonly [string, number])[] {
  const written = accounts.filter((_, line) => isWritten(line))
  const count = (kind: LineAccount['kind']) => written.filter((it) => it.kind === kind).length
  const all = accounts.length - 1
  return [
    ['lines', all],
    ['blank', all - written.length],
    ['written', written.length],
    ['with a clause', count('clauses')],
    ['informative', count('informative')],
    ['unaccounted for', count('unaccounted')],
  ]
}

function chaptersOf(accounts: readonly LineAccount[]) {
  const areaOf = (id: string) => id.slice(0, id.indexOf('.'))
  const areas = [...new Set(clauses.map(({ id }) => areaOf(id)))]
  return areas.map((area) => {
    const own = clauses.filter(({ id }) => areaOf(id) === area)
    const lines = accounts.filter(
      (account, line) =>
        isWritten(line) &&
        account.kind === 'clauses' &&
        account.ids.some((id) => areaOf(id) === area),
    )
    const errata = new Set(own.flatMap((clause) => clause.errata.map(({ id }) => id)))
    return { area, count: own.length, lines: lines.length, errata: errata.size }
  })
}

function stretchesOf(accounts: readonly LineAccount[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (let line = 1; line < accounts.length; line++) {
    const account = accounts[line]!
    const previous = stretches.at(-1)
    // Blank lines between two with the same account belong to their stretch.
    if (!isWritten(line)) continue
    if (previous !== undefined && keyOf(previous.account) === keyOf(account)) {
      stretches[stretches.length - 1] = { ...previous, last: line }
    } else stretches.push({ first: line, last: line, account })
  }
  return stretches
}

/** The lines of a stretch with anything on them, which others link to. */
function linesIn(first: number, last: number) {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(isWritten)
}

function keyOf(account: LineAccount): string {
  return JSON.stringify(account)
}
