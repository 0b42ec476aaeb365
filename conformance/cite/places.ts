import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { citations, type Place, type Tree } from './citations.ts'

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

/**
 * The clauses of a file such as `reference/cnn/conv2d.ts`: those of its topic, and those whose
 * properties it lists. With a line, `reference/cnn/conv2d.ts:31`, only those of the definition that
 * the line stands in; between definitions, those of the file.
 */
export function clausesIn(subject: string): readonly Clause[] {
  const [, path = '', line] =
    /(?:^|\/)((?:spec|reference|impl|conformance\/properties)\/[^:]+)(?::(\d+))?$/.exec(
      subject.replaceAll('\\', '/'),
    ) ?? []
  const at = line === undefined ? undefined : Number(line)
  const narrow = clauses.filter((clause) =>
    allPlacesOf(clause).some(
      (place) => place.path === path && at !== undefined && place.first <= at && at <= place.last,
    ),
  )
  return narrow.length > 0 ? ownFirst(narrow, path) : clausesOfFile(path)
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
