import type { Clause } from '../../spec/language/clause.ts'
import { plural } from '../base/text.ts'
import type { Place } from '../cite/citations.ts'
import { fileOf } from '../cite/excerpt.ts'
import { computedAt } from '../cite/places.ts'
import { Listing, PlaceOf } from './code.tsx'
import { clausePath, codePath, page } from './layout.tsx'

/** Code that operations share, and the clauses whose operations come to it. */
interface SharedCode {
  readonly places: Map<number, Place>
  readonly clauses: Set<string>
}

/** The pages of all files that reference and fast form of some clauses come to, by path. */
export function codePages(clauses: readonly Clause[]): Readonly<Record<string, string>> {
  const files = new Map<string, SharedCode>()
  for (const clause of clauses) {
    for (const place of computedAt(clause)) {
      const { path, line } = place
      const file = files.get(path) ?? { places: new Map(), clauses: new Set() }
      files.set(path, file)
      file.places.set(line, place)
      file.clauses.add(clause.id)
    }
  }
  return Object.fromEntries(
    [...files].map(([path, shared]) => [codePath(path), codePage(path, shared)]),
  )
}

function codePage(path: string, { places, clauses }: SharedCode): string {
  const whole = fileOf(path)
  return page(
    { title: path, up: '../' },
    <>
      <h1>
        <code>{path}</code>
      </h1>
      <p>
        <PlaceOf place={whole} />
      </p>
      <details open={clauses.size <= 12}>
        <summary>{plural(clauses.size, 'clause')} whose operations come to this code</summary>
        <ul>
          {[...clauses].map((id) => (
            <li>
              <a href={`../${clausePath(id)}`}>{id}</a>
            </li>
          ))}
        </ul>
      </details>
      <Listing place={whole} label={path} anchors={places} />
    </>,
  )
}
