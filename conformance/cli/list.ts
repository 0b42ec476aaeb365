import { clauses } from '../../spec/index.ts'
import { terminalOn } from '../base/terminal.ts'
import { selectClauses } from '../suite/select.ts'

/** `touchstone list`: the ids and titles of clauses, by area. */
export function listCommand(options: {
  readonly clause: readonly string[]
  readonly json?: boolean
}) {
  const terminal = terminalOn(process.stdout)
  const selected = selectClauses(clauses, options.clause)
  if (options.json) {
    const rows = selected.map(({ id, title, kind, source }) => ({
      id,
      title,
      kind,
      notes: source.notes,
    }))
    return terminal.write(`${JSON.stringify(rows, null, 2)}\n`)
  }
  let area = ''
  for (const { id, title, errata } of selected) {
    const itsArea = id.slice(0, id.indexOf('.'))
    if (itsArea !== area) {
      terminal.write(`${area === '' ? '' : '\n'}${terminal.style('bold', itsArea)}\n`)
    }
    area = itsArea
    const corrects =
      errata.length > 0 ? `, corrects ${errata.map((erratum) => erratum.id).join(' ')}` : ''
    terminal.write(`  ${id}\n    ${terminal.style('dim', title + corrects)}\n`)
  }
  terminal.write(`\n${selected.length} clauses\n`)
}
