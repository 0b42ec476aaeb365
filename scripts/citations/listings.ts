import { type CallExpression, Visitor } from 'oxc-parser'
import type { Place } from '../../conformance/cite/citations.ts'
import { definitionBehind, type Sources } from './definitions.ts'
import type { Name } from './source.ts'

/** A place where properties are listed, and where their clause is defined. */
export interface Listing {
  readonly clause: Name
  readonly place: Place
}

/** What lists properties: its first argument is their clause. */
const list: Name = { path: 'conformance/kit/properties.ts', name: 'properties' }

/**
 * Every call in the sources that lists the properties of a clause: of `properties` itself, or of a
 * function that hands its own first parameter on as the clause.
 */
export function listingsIn(sources: Sources): readonly Listing[] {
  const written = [...sources].filter(([path]) => path.startsWith('conformance/'))
  const calls = written.flatMap(([path, source]) =>
    callsIn(source.program).map((call) => ({
      path,
      call,
      callee: definitionBehind(sources, path, call.callee),
    })),
  )
  const lists = new Set([keyOf(list)])
  const listing = () => calls.filter(({ callee }) => callee && lists.has(keyOf(callee)))
  for (let known = 0; known < lists.size; ) {
    known = lists.size
    for (const { path, call } of listing()) {
      const name = handedOnBy(sources, path, call)
      if (name) lists.add(keyOf({ path, name }))
    }
  }
  return listing().flatMap(({ path, call }) => {
    const [first] = call.arguments
    const clause = first && first.type !== 'SpreadElement' && definitionBehind(sources, path, first)
    return clause ? [{ clause, place: sources.get(path)!.placeOf(call) }] : []
  })
}

function callsIn(program: Parameters<Visitor['visit']>[0]): readonly CallExpression[] {
  const calls: CallExpression[] = []
  new Visitor({ CallExpression: (call) => void calls.push(call) }).visit(program)
  return calls
}

/** The function around a call whose first parameter is also the first argument of the call. */
function handedOnBy(sources: Sources, path: string, call: CallExpression): string | undefined {
  const [argument] = call.arguments
  if (argument?.type !== 'Identifier') return undefined
  const around = [...sources.get(path)!.declarations].find(([, { start, end, value }]) => {
    const parameter = value !== null && 'params' in value ? value.params[0] : undefined
    const holds = start <= call.start && call.end <= end
    return holds && parameter?.type === 'Identifier' && parameter.name === argument.name
  })
  return around?.[0]
}

/** One text for a name, so that names can be looked up. */
export function keyOf({ path, name }: Name): string {
  return `${path}:${name}`
}
