import { clauses } from '../../spec/index.ts'
import { areaOf } from '../../spec/language/area.ts'
import { type Clause, operationsOf } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { plural } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import { selectClauses } from '../suite/select.ts'
import { clausesOn } from './show-operation.ts'

/** `touchstone list`: the ids and titles of clauses, or of their operations, by area. */
export function listCommand(options: {
  readonly clause: readonly string[]
  readonly operations?: boolean
  readonly json?: boolean
}): void {
  const terminal = terminalOn(process.stdout)
  const selected = selectClauses(clauses, options.clause)
  const { rows, listed } = options.operations ? asOperations(selected) : asClauses(selected)
  if (options.json) terminal.write(`${JSON.stringify(rows, null, 2)}\n`)
  else {
    writeByArea(listed, terminal)
    terminal.write(`\n${plural(rows.length, options.operations ? 'operation' : 'clause')}\n`)
  }
}

/** A list as plain data, and as lines for a person. */
interface Listing {
  readonly rows: readonly object[]
  readonly listed: readonly { readonly id: string; readonly text: string }[]
}

function asClauses(selected: readonly Clause[]): Listing {
  const rows = selected.map(({ id, title, kind, source }) => {
    return { id, title, kind, notes: source.notes }
  })
  const listed = selected.map(({ id, title, errata }) => {
    const corrects = errata.map((erratum) => erratum.id).join(' ')
    return { id, text: corrects === '' ? title : `${title}, corrects ${corrects}` }
  })
  return { rows, listed }
}

function asOperations(selected: readonly Clause[]): Listing {
  const rows = operationsOf(selected)
    .map((operation: Operation) => {
      const { id, title, level } = operation
      return { id, title, level, clauses: clausesOn(operation).map((clause) => clause.id) }
    })
    .toSorted((a, b) => areaOf(a.id).localeCompare(areaOf(b.id)))
  const listed = rows.map(({ id, title, clauses: about }) => {
    return { id, text: `${title}; ${plural(about.length, 'clause')}` }
  })
  return { rows, listed }
}

function writeByArea(
  rows: readonly { readonly id: string; readonly text: string }[],
  terminal: Terminal,
): void {
  const columns = Math.min(terminal.columns, 100)
  let area = ''
  for (const { id, text } of rows) {
    if (areaOf(id) !== area) {
      terminal.write(`${area === '' ? '' : '\n'}${terminal.style('bold', areaOf(id))}\n`)
    }
    area = areaOf(id)
    terminal.write(`  ${id}\n${terminal.style('dim', wrap(text, columns, '    '))}\n`)
  }
}
