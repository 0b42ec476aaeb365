import { clauseById, clauses } from '../../spec/index.ts'
import type { Clause, Evaluation } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { wrap } from '../base/wrap.ts'
import type { Place } from '../cite/citations.ts'
import { notesLines } from '../cite/lines.ts'
import { clausesIn, placesOf } from '../cite/places.ts'
import { unknownClause } from '../suite/select.ts'

/** `touchstone show`: a clause, or the clauses of a file, with their sources and their code. */
export function showCommand(subject: string, options: { readonly json?: boolean }): void {
  const one = clauseById(subject)
  const shown = one ? [one] : clausesIn(subject)
  if (shown.length === 0) throw unknownClause(subject, clauses)
  const terminal = terminalOn(process.stdout)
  if (options.json) {
    const pages = shown.map((clause) => ({
      ...clause,
      operations: clause.operations.map(({ id }) => id),
      places: placesOf(clause),
    }))
    terminal.write(`${JSON.stringify(one ? pages[0] : pages, null, 2)}\n`)
  } else terminal.write(shown.map((clause) => pageOf(clause, terminal)).join('\n\n'))
}

function pageOf(clause: Clause, terminal: Terminal): string {
  const columns = Math.min(terminal.columns, 100)
  const lines: string[] = []
  const section = (name: string, ...paragraphs: readonly string[]) => {
    if (paragraphs.length === 0) return
    lines.push('', terminal.style('bold', name))
    for (const paragraph of paragraphs) lines.push(wrap(paragraph, columns, '  '))
  }
  lines.push(`${terminal.style(['bold', 'cyan'], clause.id)}  (${clause.kind})`, clause.title)
  section('Statement', clause.statement)
  section('Formula', clause.formula)
  section('Domain', clause.domain)
  section(
    'Conventions',
    ...clause.conventions.map(({ choice, others }) => `${choice} Others: ${others}`),
  )
  section('Also computed as', ...(clause.evaluations ?? []).map(evaluationText))
  section('Operations', ...clause.operations.map(signature))
  section(
    'Source',
    ...(clause.source.notes.length > 0 ? [notesLines(clause.source.notes)] : []),
    ...clause.source.publications.map(({ title, where }) => `${title}, ${where}`),
  )
  for (const erratum of clause.errata) {
    section(
      `Erratum ${erratum.id}`,
      `The notes (${notesLines([erratum.lines])}) say: ${erratum.says}`,
      `Counterexample: ${erratum.counterexample}`,
      `Right: ${erratum.correction}`,
      `Settled by: ${erratum.settledBy.title}, ${erratum.settledBy.where}`,
    )
  }
  const places = placesOf(clause)
  const at = (what: string, place: Place | null) =>
    place ? [`${what.padEnd(11)}${place.path}:${place.line}`] : []
  section(
    'Where',
    ...at('stated', places.clause),
    ...places.operations.flatMap(({ spec, reference, impl }) => [
      ...at('signature', spec),
      ...at('reference', reference),
      ...at('fast', impl),
    ]),
    ...places.properties.flatMap((place) => at('proved', place)),
  )
  section('Check it', `npx touchstone run --clause ${clause.id}`)
  return `${lines.join('\n')}\n`
}

function evaluationText({ way, profile }: Evaluation): string {
  return profile === undefined ? way : `${way}, when the profile \`${profile}\` is declared`
}

/** `cnn.conv2d(x: N × H × W × K, …; strides, …) → y: N × Ho × Wo × Q` */
export function signature({ id, inputs, parameters, outputs }: Operation): string {
  const arrays = (all: Operation['inputs']) =>
    Object.entries(all).map(([name, { axes }]) =>
      axes.length === 0 ? `${name}: number` : `${name}: ${axes.join(' × ')}`,
    )
  const names = Object.keys(parameters)
  const taken = [arrays(inputs).join(', '), names.join(', ')].filter((text) => text !== '')
  return `${id}(${taken.join('; ')}) → ${arrays(outputs).join(', ')}`
}
