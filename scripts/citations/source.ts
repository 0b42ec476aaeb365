import { dirname, join } from 'node:path/posix'
import {
  type BindingPattern,
  type Expression,
  type ImportDeclarationSpecifier,
  type Program,
  parseSync,
} from 'oxc-parser'
import type { Place } from '../../conformance/cite/citations.ts'
import { type Part, placeIn } from './lines.ts'

/** Something that is called by this name in this file. */
export interface Name {
  readonly path: string
  readonly name: string
}

/** What a file defines at its top; `value` is what a constant is set to, or a function itself. */
export interface Declaration extends Part {
  readonly value: Expression | null
}

/** A source, and what it says about names. A name `*` stands for all exports of a file at once. */
export interface Source {
  readonly program: Program
  readonly declarations: ReadonlyMap<string, Declaration>
  /** By the name that the file itself uses. */
  readonly imports: ReadonlyMap<string, Name>
  /** By the name that others use: what it is called in this file, or in the one it comes from. */
  readonly exports: ReadonlyMap<string, Name>
  /** The files all of whose exports are passed on. */
  readonly passedOn: readonly string[]
  /** The lines of a part, with the comments that touch it from above. */
  readonly placeOf: (part: Part) => Place
}

/** Reads a source; throws with its path when the parser does not understand it. */
export function sourceOf(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text, { preserveParens: false })
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const declarations = new Map<string, Declaration>()
  const imports = new Map<string, Name>()
  const exports = new Map<string, Name>()
  const passedOn: string[] = []
  const fileOf = (source: { readonly value: string }) => join(dirname(path), source.value)

  for (const statement of program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    for (const [name, value] of declared ? namesDeclaredBy(declared) : []) {
      // Overloads, or a type and a value of one name, are one definition.
      const { start } = declarations.get(name) ?? statement
      declarations.set(name, { start, end: statement.end, value })
      if (declared !== statement) exports.set(name, { path, name })
    }
    switch (statement.type) {
      case 'ImportDeclaration':
        for (const specifier of statement.specifiers) {
          imports.set(specifier.local.name, {
            path: fileOf(statement.source),
            name: nameImportedBy(specifier),
          })
        }
        break
      case 'ExportNamedDeclaration':
        for (const { local, exported } of statement.specifiers) {
          const from = statement.source ? fileOf(statement.source) : path
          exports.set(nameOf(exported), { path: from, name: nameOf(local) })
        }
        break
      case 'ExportAllDeclaration':
        if (statement.exported) {
          exports.set(nameOf(statement.exported), { path: fileOf(statement.source), name: '*' })
        } else passedOn.push(fileOf(statement.source))
    }
  }
  const placeOf = placeIn(path, text, comments)
  return { program, declarations, imports, exports, passedOn, placeOf }
}

/** The names that a statement declares, each with what it is set to where that is one expression. */
function namesDeclaredBy(
  statement: Program['body'][number],
): readonly (readonly [string, Expression | null])[] {
  if (statement.type === 'VariableDeclaration') {
    return statement.declarations.flatMap(({ id, init }) =>
      namesIn(id).map((name) => [name, id.type === 'Identifier' ? init : null] as const),
    )
  }
  if (!('id' in statement) || statement.id?.type !== 'Identifier') return []
  return [[statement.id.name, statement.type === 'FunctionDeclaration' ? statement : null]]
}

function namesIn(pattern: BindingPattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) =>
        element === null ? [] : namesIn('argument' in element ? element.argument : element),
      )
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn('argument' in property ? property.argument : property.value),
      )
  }
}

function nameImportedBy(specifier: ImportDeclarationSpecifier): string {
  switch (specifier.type) {
    case 'ImportSpecifier':
      return nameOf(specifier.imported)
    case 'ImportDefaultSpecifier':
      return 'default'
    case 'ImportNamespaceSpecifier':
      return '*'
  }
}

/** A name in an import or export may be a string, too. */
function nameOf(name: { readonly name: string } | { readonly value: string }): string {
  return 'name' in name ? name.name : name.value
}
