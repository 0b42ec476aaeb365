import type { Expression } from 'oxc-parser'
import type { Name, Source } from './source.ts'

/** Sources by their paths. */
export type Sources = ReadonlyMap<string, Source>

/**
 * Where something that a file knows by a name is written down: through imports, re-exports and
 * constants that are only set to another name. `null` when that is in none of the sources.
 */
function definitionOf(sources: Sources, { path, name }: Name): Name | null {
  const source = sources.get(path)
  const imported = source?.imports.get(name)
  if (imported) return exportOf(sources, imported)
  const declaration = source?.declarations.get(name)
  if (!declaration) return null
  const { value } = declaration
  return (value && definitionBehind(sources, path, value)) ?? { path, name }
}

/** The same for a name that a file exports. */
export function exportOf(sources: Sources, { path, name }: Name): Name | null {
  const source = sources.get(path)
  const exported = source?.exports.get(name)
  if (exported) {
    return exported.path === path ? definitionOf(sources, exported) : exportOf(sources, exported)
  }
  for (const from of source?.passedOn ?? []) {
    const found = exportOf(sources, { path: from, name })
    if (found) return found
  }
  return null
}

/** The same for an expression that is only a name: `conv2d`, or `spec.conv2d` of a whole import. */
export function definitionBehind(
  sources: Sources,
  path: string,
  expression: Expression,
): Name | null {
  switch (expression.type) {
    case 'Identifier':
      return definitionOf(sources, { path, name: expression.name })
    case 'MemberExpression': {
      const { object, property, computed } = expression
      if (computed || object.type !== 'Identifier' || property.type !== 'Identifier') return null
      const whole = sources.get(path)?.imports.get(object.name)
      return whole?.name === '*'
        ? exportOf(sources, { path: whole.path, name: property.name })
        : null
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return definitionBehind(sources, path, expression.expression)
    default:
      return null
  }
}
