import { existsSync } from 'node:fs'
import { clauseById, operationById } from '../../spec/index.ts'
import type { Clause, Lines } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { UsageError } from '../base/errors.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { bibtexOf } from '../cite/bibtex.ts'
import { type Citation, citationOf } from '../cite/citation.ts'
import { latexOf } from '../cite/latex.ts'
import { markdownOf } from '../cite/markdown.ts'
import { clausesIn } from '../cite/places.ts'
import { revision } from '../cite/revision.ts'
import type { Report } from '../suite/model.ts'
import { clausesOfLines, whyNone } from './cite-notes.ts'
import { citationPage, citationsList, operationHead } from './cite-page.ts'
import { readReportFile } from './files.ts'
import { clausesOn } from './show-operation.ts'
import { unknown } from './unknown.ts'

interface Options {
  readonly notes?: string
  readonly format: 'text' | keyof typeof forms
  readonly report?: string
  readonly operation?: boolean
}

/** Several clauses are printed in full up to here, and then one line each. */
const inFull = 3

const forms = {
  markdown: markdownOf,
  latex: latexOf,
  bibtex: bibtexOf,
  json: (citations: readonly Citation[]) => JSON.stringify(citations, null, 2),
} as const

/** `touchstone cite`: prints `citedAs`. */
export function citeCommand(subject: string | undefined, options: Options): void {
  const terminal = terminalOn(process.stdout)
  terminal.write(citedAs(subject, options, terminal))
}

/**
 * What a clause says, where it comes from, the code that computes it and how it came out, in a form that
 * can be pasted; found by an id, a line of code, or lines of the notes.
 *
 * @throws {UsageError} nothing is called so, or the report is none
 */
export function citedAs(subject: string | undefined, options: Options, terminal: Terminal): string {
  if ((subject === undefined) === (options.notes === undefined)) {
    throw new UsageError('one thing is cited: an id, a file or line, or --notes with lines', [
      'touchstone cite cnn.conv2d.forward',
      'touchstone cite reference/cnn/conv2d.ts:31',
      'touchstone cite --notes 24-28',
    ])
  }
  const cited = subject === undefined ? ofNotes(options.notes!) : ofSubject(subject, options)
  if (typeof cited === 'string') return `${cited}\n`
  const state = revision()
  const reports = reportsFor(options.report)
  const citations = cited.clauses.map((clause) => citationOf(clause, state, reports))
  if (options.format !== 'text') return `${forms[options.format](citations, state)}\n`
  if (cited.operation) {
    return `${operationHead(cited.operation, terminal)}${citationsList(citations, terminal)}\n`
  }
  return citations.length > inFull
    ? `${citationsList(citations, terminal)}\n`
    : citations.map((citation) => citationPage(citation, terminal)).join('\n')
}

/** What was asked for: clauses, and the operation that they are about where it was asked for. */
interface Cited {
  readonly clauses: readonly Clause[]
  readonly operation?: Operation
}

function ofSubject(subject: string, { operation: operationWanted = false }: Options): Cited {
  const clause = operationWanted ? undefined : clauseById(subject)
  if (clause) return { clauses: [clause] }
  const operation = operationById(subject)
  if (operation) return { clauses: clausesOn(operation), operation }
  const found = operationWanted ? [] : clausesIn(subject)
  if (found.length === 0) throw unknown(subject, operationWanted)
  return { clauses: found }
}

/** The clauses of lines of the notes, or why they have none. */
function ofNotes(text: string): Cited | string {
  const lines = linesIn(text)
  const found = clausesOfLines(lines)
  return found.length > 0 ? { clauses: found } : whyNone(lines)
}

function linesIn(text: string): Lines {
  const [, first, last = first] = /^(\d+)(?:[-–](\d+))?$/.exec(text) ?? []
  if (first === undefined) {
    throw new UsageError(`${text} is no line of the notes`, ['a line is 28, several are 24-28'])
  }
  return [Number(first), Number(last)]
}

const usualReport = 'report/report.json'

function reportsFor(file: string | undefined): readonly Report[] {
  if (file !== undefined) return readReportFile(file)
  return existsSync(usualReport) ? readReportFile(usualReport) : []
}
