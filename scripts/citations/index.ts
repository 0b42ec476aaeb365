import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Citations, Tree } from '../../conformance/cite/citations.ts'
import { callsFrom } from './calls.ts'
import { exportOf, type Sources } from './definitions.ts'
import { keyOf, listingsIn } from './listings.ts'
import { type Name, sourceOf } from './source.ts'
import { type Specification, specificationIn } from './specification.ts'

/** The four trees, and the words that the properties are written in. */
const folders = ['spec', 'reference', 'impl', 'conformance/properties', 'conformance/kit']

/**
 * Where every clause and operation of the sources below a folder stands. What is a clause or an
 * operation is told by its value; the lines come from the parser. An operation is computed and made
 * fast under the last segment of its id, in the files that mirror the one that declares it.
 */
export async function citationsOf(root: string): Promise<Citations> {
  const sources = sourcesBelow(root)
  const specification = await specificationIn(
    root,
    [...sources.keys()].filter((path) => path.startsWith('spec/')),
  )
  const stated = definitionsOf(specification, sources)
  const listings = listingsIn(sources)
  const placeOf = (name: Name | null | undefined) => {
    const source = name && sources.get(name.path)
    return source ? source.placeOf(source.declarations.get(name.name)!) : null
  }

  const clauses = specification.clauses.map((clause) => {
    const at = stated.get(clause)
    const properties = listings
      .filter((listing) => at && keyOf(listing.clause) === keyOf(at))
      .map(({ place }) => place)
    return [clause.id, { statement: placeOf(at), properties }] as const
  })
  const written: Name[] = []
  const operations = specification.operations.map((operation) => {
    const at = stated.get(operation)
    const name = operation.id.slice(operation.id.indexOf('.') + 1)
    const mirrored = (tree: Tree) =>
      at && exportOf(sources, { path: at.path.replace(/^spec\//, `${tree}/`), name })
    const [reference, impl] = [mirrored('reference'), mirrored('impl')]
    written.push(...[reference, impl].flatMap((definition) => definition ?? []))
    return [
      operation.id,
      { spec: placeOf(at), reference: placeOf(reference), impl: placeOf(impl) },
    ] as const
  })
  return {
    clauses: Object.fromEntries(clauses),
    operations: Object.fromEntries(operations),
    calls: callsFrom(sources, written),
  }
}

function sourcesBelow(root: string): Sources {
  const paths = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
    .toSorted()
  return new Map(
    paths.map((path) => [path, sourceOf(path, readFileSync(join(root, path), 'utf8'))]),
  )
}

/** By the values of the specification, the names under which they are defined. */
function definitionsOf({ exports }: Specification, sources: Sources): ReadonlyMap<unknown, Name> {
  const found = new Map<unknown, Name>()
  for (const [path, values] of Object.entries(exports)) {
    for (const [name, value] of Object.entries(values)) {
      const definition = exportOf(sources, { path, name })
      if (definition) found.set(value, definition)
    }
  }
  return found
}
