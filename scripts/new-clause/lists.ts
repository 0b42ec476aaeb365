import { type Expression, parseSync, type SpreadElement } from 'oxc-parser'

/** A part of a source: where it begins, and before where it ends. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A list or a record that a source has at its top, with what each entry stands for. */
interface List extends Span {
  readonly name: string
  readonly entries: readonly (Span & { readonly value: Span })[]
}

/** Adds an import below the others. */
export function withImport(text: string, statement: string): string {
  const last = parse(text).imports.at(-1)
  if (last === undefined) return `${statement}\n\n${text}`
  return `${text.slice(0, last.end)}\n${statement}${text.slice(last.end)}`
}

/** Adds an export of what another file exports, below all others. */
export const withExport = (text: string, statement: string): string =>
  `${text.trimEnd()}\n${statement}\n`

/**
 * Adds an entry at the end of a list or a record that a source has at its top.
 *
 * @throws {Error} it has none of that name
 */
export function withEntry(text: string, name: string, entry: string): string {
  const list = parse(text).lists.find((candidate) => candidate.name === name)
  if (list === undefined) throw new Error(`there is no list ${name} to add ${entry} to`)
  const closing = list.end - 1
  const before = text.slice(0, closing).trimEnd()
  const comma = /[[{,]$/.test(before) ? '' : ','
  return `${before}${comma}\n${entry},\n${text.slice(closing)}`
}

/** Takes out what is imported or exported from a file, and every entry of a list that stands for it. */
export function withoutModule(text: string, specifier: string): string {
  const { imports, lists, exports } = parse(text)
  const gone = imports.filter(({ from }) => from === specifier)
  const locals = gone.flatMap((each) => each.locals)
  const brought = ({ value }: { readonly value: Span }) =>
    locals.includes(text.slice(value.start, value.end).split('.')[0]!)
  const passedOn = exports.filter(({ from }) => from === specifier)
  return [...gone, ...passedOn, ...lists.flatMap(({ entries }) => entries.filter(brought))]
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => {
      const after = /^,?[ \t]*\n?/.exec(rest.slice(end))![0].length
      return rest.slice(0, start).replace(/[ \t]*$/, '') + rest.slice(end + after)
    }, text)
}

function parse(text: string) {
  const { program, module } = parseSync('index.ts', text)
  const lists = program.body.flatMap((statement): readonly List[] => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared?.type !== 'VariableDeclaration') return []
    return declared.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init ? listIn(id.name, init) : [],
    )
  })
  const imports = module.staticImports.map(({ start, end, moduleRequest, entries }) => ({
    start,
    end,
    from: moduleRequest.value,
    locals: entries.map(({ localName }) => localName.value),
  }))
  const exports = program.body.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.source
      ? [{ start: statement.start, end: statement.end, from: statement.source.value }]
      : [],
  )
  return { imports, lists, exports }
}

function listIn(name: string, given: Expression): readonly List[] {
  const { start, end } = given
  switch (given.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return listIn(name, given.expression)
    case 'ArrayExpression': {
      const entries = given.elements.flatMap((element) => element ?? [])
      return [{ name, start, end, entries: entries.map((entry) => entryOf(entry, entry)) }]
    }
    case 'ObjectExpression': {
      const entries = given.properties.map((property) =>
        entryOf(property, property.type === 'Property' ? property.value : property),
      )
      return [{ name, start, end, entries }]
    }
    default:
      return []
  }
}

/** `...each` stands for `each`, as does `...inArea('area', each)`, and `key: value` for the value. */
function entryOf({ start, end }: Span, value: Expression | SpreadElement) {
  if (value.type !== 'SpreadElement') return { start, end, value }
  const { argument } = value
  const last = argument.type === 'CallExpression' ? argument.arguments.at(-1) : undefined
  return { start, end, value: last ?? argument }
}
