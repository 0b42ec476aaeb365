import { clauses, type OperationId } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { gradientName } from '../../spec/language/gradient.ts'
import type { ArrayInput, Operation } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'
import { meaningOf, pathsOf } from '../../spec/parameters.ts'
import { type Provision, provisions, reasonsOf } from '../adapters/libraries/provisions.ts'
import type { Terminal } from '../base/terminal.ts'
import { oneLine, plural, visible } from '../base/text.ts'
import { definitionOf } from '../cite/places.ts'
import { findings } from '../findings/index.ts'
import { pageOn, type Row } from './page.ts'
import { fieldsOf, parameterInWords, sizeInWords } from './ranges.ts'
import type { Declared } from './show-declared.ts'
import { shapeInWords, signature } from './signature.ts'
import { pythonStub, typescriptStub } from './stubs.ts'

/** What is said of an operation: what it takes and gives, who provides it, how one begins. */
export function operationPage(
  operation: Operation,
  terminal: Terminal,
  implementations: readonly Declared[] = [],
): string {
  const { id, title, level, inputs, outputs, parameters, dimensions, constraints = [] } = operation
  const heading = `${terminal.style(['bold', 'cyan'], id)}  (operation, ${level})`
  const page = pageOn(terminal, heading, title)
  page.section('Signature', signature(operation))
  page.rows(
    'Formulas, in LaTeX',
    formulasOf(operation).map((clause) => [clause.id, clause.formula]),
  )
  page.rows('Inputs', Object.entries(inputs).map(arrayRow))
  page.rows(
    'Parameters',
    Object.entries(parameters).flatMap((each) => parameterRows(operation, each)),
  )
  page.rows(
    'Sizes',
    Object.entries(dimensions).map(([name, dimension]) => [name, sizeInWords(dimension)]),
  )
  page.section('Must hold', ...constraints.map(({ says, argument }) => `${argument}: ${says}`))
  page.rows(
    'Outputs',
    Object.entries(outputs).map(([name, array]): Row => {
      const [, row] = arrayRow([name, array])
      const by = Object.keys(inputs).find((input) => gradientName(input) === name)
      const isAsked = level !== 'gradients' || by === undefined || !inputs[by]!.optional
      return [name, isAsked ? row : `${row}; not asked for where ${by} is left out`]
    }),
  )
  page.rows(
    'Clauses',
    clausesOn(operation).map((clause) => [clause.id, clause.title]),
  )
  page.rows('Who provides it', providers(operation))
  for (const { name, version, rows, defects } of implementations) {
    const said = rows.map(([name, text]): Row => [oneLine(name), visible(text)])
    page.rows(`As ${oneLine(`${name} ${version}`)} declares it`, said)
    page.section(`Known defects of ${oneLine(name)}`, ...defects)
  }
  page.code('In TypeScript', typescriptStub(operation))
  page.code('In Python', pythonStub(operation))
  page.section(
    'Check it',
    'npx touchstone smoke --implementation ./mine.ts',
    `npx touchstone try ${id} --implementation ./mine.ts`,
    'npx touchstone run --implementation ./mine.ts',
  )
  return page.text()
}

/** The same as plain data. */
export function operationData(
  operation: Operation,
  implementations: readonly Declared[] = [],
): object {
  const { id, title, level, inputs, outputs, parameters, dimensions, constraints = [] } = operation
  return {
    id,
    title,
    level,
    signature: signature(operation),
    formulas: Object.fromEntries(
      formulasOf(operation).map((clause) => [clause.id, clause.formula]),
    ),
    inputs,
    parameters,
    meanings: Object.fromEntries(
      pathsOf(parameters).map((path) => [path, meaningOf(operation, path)]),
    ),
    sizes: dimensions,
    constraints: constraints.map(({ argument, says }) => ({ argument, says })),
    outputs,
    clauses: clausesOn(operation).map((clause) => clause.id),
    providers: Object.fromEntries(providers(operation)),
    implementations: implementations.map(({ rows, ...rest }) => ({
      ...rest,
      declared: Object.fromEntries(rows),
    })),
    stubs: { typescript: typescriptStub(operation), python: pythonStub(operation) },
  }
}

/** The clauses that say something of an operation. */
export function clausesOn({ id }: Operation): readonly Clause[] {
  const all: readonly Clause[] = clauses
  return all.filter(({ operations }) => operations.some((other) => other.id === id))
}

/** Kinds of clause whose formula says what an operation computes, and not only something of it. */
const defining: readonly string[] = ['formula', 'gradient', 'algorithm', 'count']

/** The clauses whose formulas tell most of what an operation computes: those that define it, if any does. */
function formulasOf(operation: Operation): readonly Clause[] {
  const all = clausesOn(operation)
  const its = all.filter(({ operations: [first] }) => first?.id === operation.id)
  const defined = its.filter(({ kind }) => defining.includes(kind))
  return [defined, its, all].find((some) => some.length > 0) ?? []
}

const elementsInWords = {
  real: '',
  bit: '; zeros and ones',
  nonnegative: '; none below 0',
  positive: '; all above 0',
  share: '; from 0 to 1',
  whole: '; whole numbers of a range',
} as const

function arrayRow([name, { axes, elements, meaning, optional, some }]: [string, ArrayInput]): Row {
  const absence = optional ? '; zeros where it is left out' : ''
  const least = some ? ', not all 0' : ''
  return [name, `${shapeInWords(axes)}: ${meaning}${elementsInWords[elements]}${least}${absence}`]
}

function parameterRows(
  operation: Operation,
  [name, parameter]: [string, Parameter],
): readonly Row[] {
  const said = (path: string, words: string) => `${meaningOf(operation, path)}: ${words}`
  const fields = [...fieldsOf(parameter)].map(
    ([field, words]): Row => [`  ${field}`, said(`${name}.${field}`, words)],
  )
  return [[name, said(name, parameterInWords(parameter))], ...fields]
}

/** Ours, and each library by its title: how to run it, or why it does not provide the operation. */
function providers(operation: Operation): readonly Row[] {
  const place = definitionOf(operation.id, 'impl')
  const ours = place === null ? 'on every device' : `${place.path}:${place.line}`
  return [
    ['touchstone', ours],
    ...Object.values(provisions).map(
      (library: Provision): Row => [library.title, providedBy(library, operation)],
    ),
  ]
}

function providedBy(library: Provision, operation: Operation): string {
  const id = operation.id as OperationId
  if (!library.operations.includes(id)) return `no: ${reasonsOf(library)[id]}`
  const about = clausesOn(operation).map((clause) => clause.id)
  const known = findings.filter(
    (finding) => finding.library.startsWith(library.title) && about.includes(finding.clause),
  )
  const defects =
    known.length === 0 ? '' : `; ${plural(known.length, 'defect')} known in these clauses`
  return `yes, as ${library.names.join(', ')}${defects}`
}
