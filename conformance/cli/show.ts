import { readIn, unchecked } from '../../spec/checked.ts'
import { clauseById, operationById } from '../../spec/index.ts'
import type { Clause, Evaluation, Publication } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { stringify } from '../base/json.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import type { Place } from '../cite/citations.ts'
import { notesLines } from '../cite/lines.ts'
import { clausesIn, placesOf } from '../cite/places.ts'
import { type Choice, chosen } from './implementation.ts'
import { pageOn } from './page.ts'
import type { Declared } from './show-declared.ts'
import { operationData, operationPage } from './show-operation.ts'
import { signature } from './signature.ts'
import { unknown } from './unknown.ts'

interface Options extends Choice {
  readonly json?: boolean
  readonly operation?: boolean
}

/** What is shown of a subject: text for people, and plain data. */
interface Shown {
  readonly text: () => string
  readonly data: () => object
}

/**
 * `touchstone show`: clauses, operations, or the clauses of files, with sources and code. Where a
 * clause and an operation have the same id, it is the clause unless the operation is asked for, or what
 * an implementation declares of it.
 */
export async function showCommand(subjects: readonly string[], options: Options): Promise<void> {
  const terminal = terminalOn(process.stdout)
  const all: Shown[] = []
  for (const subject of subjects) all.push(await shownOf(subject, options, terminal))
  const [first, ...others] = all.map(({ text, data }) => (options.json ? data() : text()))
  if (options.json) {
    terminal.write(`${stringify(others.length === 0 ? first! : [first!, ...others].flat())}\n`)
  } else terminal.write([first, ...others].join('\n\n'))
}

async function shownOf(subject: string, options: Options, terminal: Terminal): Promise<Shown> {
  const isDeclared = options.implementation.length + options.device.length > 0
  const clause = options.operation || isDeclared ? undefined : clauseById(subject)
  const operation = clause ? undefined : operationById(subject)
  if (operation) {
    const declared = isDeclared ? await declaredOf(operation, options) : []
    return {
      text: () => operationPage(operation, terminal, declared),
      data: () => operationData(operation, declared),
    }
  }
  if (isDeclared) throw unknown(subject, true)
  const shown = clause ? [clause] : options.operation ? [] : clausesIn(subject)
  if (shown.length === 0) throw unknown(subject, options.operation === true)
  return {
    text: () => shown.map((each) => pageOf(each, terminal)).join('\n\n'),
    data: () => (clause ? dataOf(clause) : shown.map(dataOf)),
  }
}

function dataOf(clause: Clause): object {
  const publications = clause.source.publications.map((it) => ({ ...it, readIn: readIn(it) }))
  return {
    ...clause,
    source: { ...clause.source, publications },
    operations: clause.operations.map(({ id }) => id),
    places: placesOf(clause),
  }
}

async function declaredOf(operation: Operation, choice: Choice): Promise<readonly Declared[]> {
  const { declaredBy } = await import('./show-declared.ts')
  const entrants = await chosen(choice)
  return entrants.map(({ implementation }) => declaredBy(operation, implementation))
}

/** What shows an operation: its id, and more where a clause has the same. */
function shownBy(operation: string): string {
  return clauseById(operation) ? `--operation ${operation}` : operation
}

function pageOf(clause: Clause, terminal: Terminal): string {
  const heading = `${terminal.style(['bold', 'cyan'], clause.id)}  (${clause.kind})`
  const page = pageOn(terminal, heading, clause.title)
  page.section('Statement', clause.statement)
  page.section('Formula', clause.formula)
  page.section('Domain', clause.domain)
  page.section(
    'Conventions',
    ...clause.conventions.map(({ choice, others }) => `${choice} Others: ${others}`),
  )
  page.section('Also computed as', ...(clause.evaluations ?? []).map(evaluationText))
  page.section(
    'Operations',
    ...clause.operations.map(signature),
    ...clause.operations.slice(0, 1).map(({ id }) => `npx touchstone show ${shownBy(id)}`),
  )
  page.section(
    'Source',
    ...(clause.source.notes.length > 0 ? [notesLines(clause.source.notes)] : []),
    ...clause.source.publications.map(citation),
  )
  for (const erratum of clause.errata) {
    page.section(
      `Erratum ${erratum.id}`,
      `The notes (${notesLines([erratum.lines])}) say: ${erratum.says}`,
      `Counterexample: ${erratum.counterexample}`,
      `Right: ${erratum.correction}`,
      `Settled by: ${citation(erratum.settledBy)}`,
    )
  }
  const places = placesOf(clause)
  const at = (what: string, place: Place | null) =>
    place ? [`${what.padEnd(11)}${place.path}:${place.line}`] : []
  page.section(
    'Where',
    ...at('stated', places.clause),
    ...places.operations.flatMap(({ spec, reference, impl }) => [
      ...at('signature', spec),
      ...at('reference', reference),
      ...at('fast', impl),
    ]),
    ...places.properties.flatMap((place) => at('proved', place)),
  )
  page.section('Check it', `npx touchstone run --clause ${clause.id}`)
  return page.text()
}

/** A publication with the place in it, and a word where nobody had it open. */
function citation(publication: Publication): string {
  const { title, where } = publication
  return `${title}, ${where}${readIn(publication) === null ? ` (${unchecked})` : ''}`
}

function evaluationText({ way, profile }: Evaluation): string {
  return profile === undefined ? way : `${way}, when the profile \`${profile}\` is declared`
}
