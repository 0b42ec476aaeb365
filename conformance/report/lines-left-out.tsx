import { clauses } from '../../spec/index.ts'
import { type LineAccount, ledger } from '../../spec/notes.ts'
import { plural } from '../base/text.ts'

/** The written lines of the notes that have no clause, by the reason for it, and those that lack one. */
export function LinesLeftOut({ folder }: { folder: string }) {
  const byReason = new Map<string, number[]>()
  const open: number[] = []
  ledger(clauses).forEach((account: LineAccount, line) => {
    if (account.kind === 'informative' && account.reason !== 'blank') {
      byReason.set(account.reason, [...(byReason.get(account.reason) ?? []), line])
    }
    if (account.kind === 'unaccounted') open.push(line)
  })
  const count = [...byReason.values()].reduce((sum, lines) => sum + lines.length, 0)
  return (
    <>
      <p>
        {plural(count, 'written line')} of the notes have no clause, since they state nothing that
        could be checked.
      </p>
      <ul>
        {[...byReason].map(([reason, lines]) => (
          <li>
            {reason}: <LineLinks lines={lines} folder={folder} />
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <p class="warn">
          Nothing is claimed yet of {plural(open.length, 'line')}:{' '}
          <LineLinks lines={open} folder={folder} />.
        </p>
      )}
    </>
  )
}

function LineLinks({ lines, folder }: { lines: readonly number[]; folder: string }) {
  return (
    <>
      {lines.map((line, at) => (
        <>
          {at > 0 && ', '}
          <a href={`${folder}notes.html#line-${line}`}>{line}</a>
        </>
      ))}
    </>
  )
}
