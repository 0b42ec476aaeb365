import { unchecked } from '../../spec/checked.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Terminal } from '../base/terminal.ts'
import { plural } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import {
  type Citation,
  type CitedOperation,
  type CitedPlace,
  type CitedPublication,
  citedAt,
  toolInWords,
} from '../cite/citation.ts'
import type { Tree } from '../cite/citations.ts'
import { definitionOf } from '../cite/places.ts'
import { revision } from '../cite/revision.ts'
import { subjectInWords, verdictInWords } from '../cite/verdicts.ts'
import { type Page, pageOn } from './page.ts'
import { signature } from './signature.ts'

/** A clause as `cite` prints it for a person. */
export function citationPage(citation: Citation, terminal: Terminal): string {
  const { clause, kind, title, formula, source, errata, properties, verdicts } = citation
  const heading = `${terminal.style(['bold', 'cyan'], clause)}  (${kind})`
  const page = pageOn(terminal, heading, title)
  page.section('Formula', formula)
  page.heading('Source')
  if (source.notes !== null) page.paragraph(source.notes)
  for (const publication of source.publications) writePublication(page, publication)
  for (const { id, lines, says, counterexample, correction, settledBy } of errata) {
    page.section(
      `Erratum ${id}`,
      `The notes (${lines.replace('notes, ', '')}) say: ${says}`,
      `Counterexample: ${counterexample}`,
      `Right: ${correction}`,
      'Settled by:',
    )
    writePublication(page, settledBy)
  }
  writeCode(page, citation)
  page.section(
    'Properties',
    ...properties.map(({ id, title }) => `${id.slice(id.indexOf('/') + 1)}: ${title}`),
  )
  page.section(
    'Last verdicts',
    ...(verdicts.length === 0 ? [`none here; npx touchstone run --clause ${clause}`] : []),
    ...verdicts.map((verdict) => {
      const date = verdict.startedAt.slice(0, 10)
      return `${subjectInWords(verdict)}: ${verdictInWords(verdict)} (${date})`
    }),
  )
  page.section('Cited from', toolInWords(citation))
  return page.text()
}

/** An operation and where it stands, above the clauses that are about it. */
export function operationHead(operation: Operation, terminal: Terminal): string {
  const { id, title } = operation
  const page = pageOn(terminal, `${terminal.style(['bold', 'cyan'], id)}  (operation)`, title)
  const state = revision()
  const at = (tree: Tree) => citedAt(definitionOf(id, tree), state)
  page.section('Signature', signature(operation))
  page.heading('Code')
  writePlace(page, 'signature', at('spec'))
  writePlace(page, 'reference', at('reference'))
  writePlace(page, 'fast', at('impl'))
  page.heading('Clauses')
  return page.text()
}

/** Many clauses, two lines each, and how to see one of them. */
export function citationsList(citations: readonly Citation[], terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  return [
    ...citations.map(
      ({ clause, title, verdicts }) =>
        `${terminal.style('cyan', clause)}${verdicts.map(({ outcome }) => `  ${outcome}`).join('')}\n${wrap(title, columns, '  ')}`,
    ),
    `\n${plural(citations.length, 'clause')}; touchstone cite ID has all of one`,
  ].join('\n')
}

function writePublication(page: Page, publication: CitedPublication): void {
  const { title, where, link, readIn } = publication
  page.paragraph(`${title}, ${where}${readIn === null ? ` (${unchecked})` : ''}`)
  if (link !== null) page.line(`  ${link}`)
}

function writeCode(page: Page, { stated, operations, proved }: Citation): void {
  const several = operations.length > 1
  page.heading('Code')
  writePlace(page, 'stated', stated)
  for (const { id, reference, impl, calls } of operations) {
    if (several) page.line(id)
    writePlace(page, 'reference', reference)
    writeCalls(page, calls.reference)
    writePlace(page, 'fast', impl)
    writeCalls(page, calls.impl)
  }
  for (const place of proved) writePlace(page, 'proved', place)
}

function writePlace(page: Page, what: string, place: CitedPlace | null): void {
  if (place === null) return
  const { path, line, link, changed } = place
  page.line(`${what.padEnd(11)}${path}:${line}${changed ? ', changed since the commit' : ''}`)
  if (link !== null) page.line(`           ${link}`)
}

function writeCalls(page: Page, called: CitedOperation['calls']['impl']): void {
  for (const [at, { name, path, line }] of called.entries()) {
    page.line(`  ${(at === 0 ? 'calls' : '').padEnd(9)}${name} ${path}:${line}`)
  }
}
