import { type Expression, Visitor } from 'oxc-parser'
import type { Called, Place } from '../../conformance/cite/citations.ts'
import { definitionBehind, type Sources } from './definitions.ts'
import { keyOf } from './listings.ts'
import type { Name } from './source.ts'

/** What is asked of definitions: what they call, by the place of each, and of what is called in turn. */
export function callsFrom(
  sources: Sources,
  names: readonly Name[],
): Readonly<Record<string, readonly Called[]>> {
  const calls: Record<string, readonly Called[]> = {}
  const pending = [...names]
  const seen = new Set(pending.map(keyOf))
  for (let name = pending.pop(); name; name = pending.pop()) {
    const called = calledBy(sources, name)
    calls[placeKey(placeOf(sources, name))] = called.map((each) => ({
      name: each.name,
      ...placeOf(sources, each),
    }))
    for (const each of called) {
      if (!seen.has(keyOf(each))) pending.push(each)
      seen.add(keyOf(each))
    }
  }
  return calls
}

/** One text for a place, so that places can be looked up. */
function placeKey({ path, line }: Place): string {
  return `${path}:${line}`
}

function placeOf(sources: Sources, { path, name }: Name): Place {
  const source = sources.get(path)!
  return source.placeOf(source.declarations.get(name)!)
}

/**
 * The definitions of the sources that a definition calls or hands to what it calls, each once, in the order of
 * its text. A name that the definition itself binds is its own, and what it only says of types is not asked.
 */
function calledBy(sources: Sources, { path, name }: Name): readonly Name[] {
  const source = sources.get(path)!
  const { start, end } = source.declarations.get(name)!
  const found = new Map<string, Name>()
  const see = (expression: Expression) => {
    if (expression.start < start || expression.end > end) return
    const behind = definitionBehind(sources, path, expression)
    if (behind === null || keyOf(behind) === keyOf({ path, name }) || !isFunction(behind)) return
    found.set(keyOf(behind), behind)
  }
  const isFunction = (at: Name) => {
    const { value } = sources.get(at.path)!.declarations.get(at.name)!
    return value !== null && callable.has(value.type)
  }
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      see(callee)
      for (const argument of given) if (argument.type !== 'SpreadElement') see(argument)
    },
  }).visit(source.program)
  return [...found.values()]
}

/** What a definition may be set to that is called: a function, or what another one makes of one. */
const callable = new Set<string>([
  'ArrowFunctionExpression',
  'FunctionDeclaration',
  'FunctionExpression',
  'CallExpression',
])
