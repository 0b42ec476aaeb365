import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { type Called, citations, type Place, type Tree } from './citations.ts'

/** Where a clause is stated; `null` for an unknown one. */
export function statementOf(clause: string): Place | null {
  return citations().clauses[clause]?.statement ?? null
}

/** Where an operation is declared, computed or made fast; a clause may have the same id. */
export function definitionOf(operation: string, tree: Tree): Place | null {
  return citations().operations[operation]?.[tree] ?? null
}

/** Where the properties of a clause are listed. */
export function propertiesOf(clause: string): readonly Place[] {
  return citations().clauses[clause]?.properties ?? []
}

/** What the code at a place calls of these sources. */
export function callsOf({ path, line }: Place): readonly Called[] {
  return citations().calls[`${path}:${line}`] ?? []
}

/** Everything that code at some places comes to by what it calls, each once; the places themselves are not in it. */
function reachedFrom(places: readonly Place[]): readonly Called[] {
  const reached = new Map<string, Called>()
  const pending = [...places]
  for (let place = pending.pop(); place; place = pending.pop()) {
    for (const called of callsOf(place)) {
      const key = `${called.path}:${called.line}`
      if (!reached.has(key)) pending.push(called)
      reached.set(key, called)
    }
  }
  return [...reached.values()]
}

/** Where a topic is written down, computed, made fast and proved. */
export interface Places {
  readonly clause: Place | null
  readonly operations: readonly ({ readonly id: string } & Readonly<Record<Tree, Place | null>>)[]
  readonly properties: readonly Place[]
}

/** Everything that can be cited about a clause. */
export function placesOf({ id, operations }: Clause): Places {
  return {
    clause: statementOf(id),
    operations: operations.map((operation) => ({
      id: operation.id,
      spec: definitionOf(operation.id, 'spec'),
      reference: definitionOf(operation.id, 'reference'),
      impl: definitionOf(operation.id, 'impl'),
    })),
    properties: propertiesOf(id),
  }
}

/** Reference and fast form of the operations of a clause, and everything that they come to. */
export function computedAt({ operations }: Clause): readonly Place[] {
  const written = operations
    .flatMap(({ id }) => [definitionOf(id, 'reference'), definitionOf(id, 'impl')])
    .filter((place) => place !== null)
  return [...written, ...reachedFrom(written)]
}

/**
 * The clauses of a file such as `reference/cnn/conv2d.ts`: those of its topic, and those whose
 * properties it lists. With a line, `reference/cnn/conv2d.ts:31`, only those of the definition that
 * the line stands in; between definitions, those of the file. Of what many share, such as
 * `impl/layers/convolution.ts`, those whose operations come to it by what they call.
 */
export function clausesIn(subject: string): readonly Clause[] {
  const [, path = '', line] =
    /(?:^|\/)((?:spec|reference|impl|conformance\/properties)\/[^:]+)(?::(\d+))?$/.exec(
      subject.replaceAll('\\', '/'),
    ) ?? []
  const at = line === undefined ? undefined : Number(line)
  const isMeant = (place: Place) =>
    place.path === path && at !== undefined && place.first <= at && at <= place.last
  const narrow = clauses.filter((clause) => allPlacesOf(clause).some(isMeant))
  if (narrow.length > 0) return ownFirst(narrow, path)
  const shared = clauses.filter((clause) => computedAt(clause).some(isMeant))
  if (shared.length > 0) return ownFirst(shared, path)
  const own = clausesOfFile(path)
  if (own.length > 0) return own
  return clauses.filter((clause) => computedAt(clause).some((place) => place.path === path))
}

/** Clauses with those of the topic of a file before those that only use its operations. */
function ownFirst(found: readonly Clause[], path: string): readonly Clause[] {
  const topic = path.split('/').slice(-2).join('/')
  const isOther = ({ id }: Clause) => Number(statementOf(id)?.path !== `spec/${topic}`)
  return found.toSorted((a, b) => isOther(a) - isOther(b))
}

function clausesOfFile(path: string): readonly Clause[] {
  const [, tree, topic] = /^(.+)\/([^/]+\/[^/]+?)(?:\.test)?\.ts$/.exec(path) ?? []
  if (topic === undefined) return []
  const stated = `spec/${topic}.ts`
  const found = clauses.filter((clause) => {
    const { clause: statement, operations, properties } = placesOf(clause)
    return (
      [statement, ...operations.map(({ spec }) => spec)].some((place) => place?.path === stated) ||
      properties.some((place) => place.path === path)
    )
  })
  // A file beside a topic carries its name: `conv2d-faults.ts` belongs to `conv2d.ts`.
  const beside = topic.lastIndexOf('-')
  if (found.length > 0 || beside < topic.indexOf('/')) return found
  return clausesOfFile(`${tree}/${topic.slice(0, beside)}.ts`)
}

function allPlacesOf(clause: Clause): readonly Place[] {
  const { clause: statement, operations, properties } = placesOf(clause)
  const written = operations.flatMap(({ spec, reference, impl }) => [spec, reference, impl])
  return [statement, ...written, ...properties].filter((place) => place !== null)
}
