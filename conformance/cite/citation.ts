import { readIn } from '../../spec/checked.ts'
import type { Clause, Publication } from '../../spec/language/clause.ts'
import { properties } from '../properties/index.ts'
import type { Report } from '../suite/model.ts'
import { type Described, described, identifierOf, linkTo } from './bibliography/publications.ts'
import type { Called, Place, Tree } from './citations.ts'
import { notesLines } from './lines.ts'
import { callsOf, placesOf } from './places.ts'
import { permalink, type Revision } from './revision.ts'
import { type CitedVerdict, verdictsOf } from './verdicts.ts'

/** All that is to be said of a clause, as plain data; every form of it is made from this. */
export interface Citation {
  readonly clause: string
  readonly title: string
  readonly kind: Clause['kind']
  readonly statement: string
  readonly formula: string
  readonly domain: string
  readonly source: {
    /** `notes, lines 24–28`, or `null` where only publications say it. */
    readonly notes: string | null
    readonly publications: readonly CitedPublication[]
  }
  readonly errata: readonly CitedErratum[]
  readonly stated: CitedPlace | null
  readonly operations: readonly CitedOperation[]
  readonly properties: readonly { readonly id: string; readonly title: string }[]
  /** Where the properties are listed. */
  readonly proved: readonly CitedPlace[]
  /** How the clause came out in the report that was read; none without one. */
  readonly verdicts: readonly CitedVerdict[]
  readonly touchstone: { readonly version: string; readonly commit: string | null }
}

/** A publication, with the place in it. */
export interface CitedPublication {
  /** What the clause calls it. */
  readonly title: string
  readonly where: string
  /** Its key in the BibTeX entries. */
  readonly key: string
  /** `doi:10.1109/5.726791`, `arXiv:1603.07285` or the address of a page; `null` for none of them. */
  readonly identifier: string | null
  readonly link: string | null
  readonly described: Described
  /** In which form it was open when the place was compared with it; `null` where it was not. */
  readonly readIn: string | null
}

export interface CitedErratum {
  readonly id: string
  readonly lines: string
  readonly says: string
  readonly counterexample: string
  readonly correction: string
  readonly settledBy: CitedPublication
}

/** Lines of a file. */
export interface CitedPlace extends Place {
  /** A permanent link to them, or `null` where there is none. */
  readonly link: string | null
  /** Whether the file is not as the commit has it. */
  readonly changed: boolean
}

export type CitedOperation = { readonly id: string } & Readonly<Record<Tree, CitedPlace | null>> & {
    /** What reference and fast form call of these sources. */
    readonly calls: Readonly<Record<'reference' | 'impl', readonly (Called & CitedPlace)[]>>
  }

/** What is to be said of a clause, of some state of the sources and with some reports. */
export function citationOf(
  clause: Clause,
  revision: Revision,
  reports: readonly Report[] = [],
): Citation {
  const { id, title, kind, statement, formula, domain, source, errata } = clause
  const places = placesOf(clause)
  const at = (place: Place | null) => citedAt(place, revision)
  return {
    clause: id,
    title,
    kind,
    statement,
    formula,
    domain,
    source: {
      notes: source.notes.length === 0 ? null : notesLines(source.notes),
      publications: source.publications.map(publicationOf),
    },
    errata: errata.map(({ lines, settledBy, ...erratum }) => ({
      ...erratum,
      lines: notesLines([lines]),
      settledBy: publicationOf(settledBy),
    })),
    stated: at(places.clause),
    operations: places.operations.map(({ id, spec, reference, impl }) => ({
      id,
      spec: at(spec),
      reference: at(reference),
      impl: at(impl),
      calls: { reference: calledBy(reference, revision), impl: calledBy(impl, revision) },
    })),
    properties: properties
      .filter(({ clause }) => clause === id)
      .map((property) => ({ id: property.id, title: property.title })),
    proved: places.properties.flatMap((place) => at(place) ?? []),
    verdicts: verdictsOf(id, reports),
    touchstone: { version: revision.version, commit: revision.commit },
  }
}

/** A place with the link to it, of some state of the sources. */
export function citedAt(place: Place | null, revision: Revision): CitedPlace | null {
  if (place === null) return null
  return {
    ...place,
    link: permalink(place, revision),
    changed: revision.changed.has(place.path),
  }
}

function calledBy(place: Place | null, revision: Revision) {
  const called = place === null ? [] : callsOf(place)
  return called.map((each) => ({ ...each, ...citedAt(each, revision)! }))
}

function publicationOf({ title, where }: Publication): CitedPublication {
  const known = described({ title })
  return {
    title,
    where,
    key: known.key,
    identifier: identifierOf(known),
    link: linkTo(known),
    described: known,
    readIn: readIn({ title, where }),
  }
}

/** The publications of a citation, those that settle its errata among them, each once. */
export function publicationsOf({ source, errata }: Citation): readonly CitedPublication[] {
  const all = [...source.publications, ...errata.map(({ settledBy }) => settledBy)]
  return [...new Map(all.map((publication) => [publication.key, publication])).values()]
}

/** `reference/cnn/conv2d.ts:7–47` */
export function placeInWords({ path, first, last }: Place): string {
  return `${path}:${first}${first === last ? '' : `–${last}`}`
}

/** `Touchstone 0.1.0, commit 0b9d093f…`, which is left out where there is none. */
export function toolInWords({ touchstone: { version, commit } }: Citation): string {
  return `Touchstone ${version}${commit === null ? '' : `, commit ${commit}`}`
}
