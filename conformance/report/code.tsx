import type { Clause } from '../../spec/language/clause.ts'
import type { Called, Place } from '../cite/citations.ts'
import { excerptOf } from '../cite/excerpt.ts'
import { callsOf, placesOf } from '../cite/places.ts'
import { permalink, revision } from '../cite/revision.ts'
import { highlighted } from './highlight.ts'
import { codePath } from './layout.tsx'

/** The code of a clause: the formula beside what is fast for each operation, then what states and proves it. */
export function Code({ clause }: { clause: Clause }) {
  const { clause: stated, operations, properties } = placesOf(clause)
  const others: (readonly [string, Place | null])[] = [
    ...operations.map(({ id, spec }) => [`${id}, the signature`, spec] as const),
    ['the clause', stated],
    ...properties.map((place) => ['the properties', place] as const),
  ]
  return (
    <>
      <h2 id="code">Code</h2>
      <Revision />
      {operations.map(({ id, reference, impl }, position) => (
        <details open={position === 0}>
          <summary>
            <code>{id}</code>
          </summary>
          <div class="sides">
            <Side what="the reference" operation={id} place={reference} />
            <Side what="made fast" operation={id} place={impl} />
          </div>
        </details>
      ))}
      {others.map(
        ([what, place]) =>
          place !== null && (
            <details>
              <summary>
                {what} <PlaceOf place={place} />
              </summary>
              <Listing place={place} label={`${what}, code`} />
            </details>
          ),
      )}
    </>
  )
}

function Revision() {
  const { version, commit, forge } = revision()
  return (
    <p class="dim">
      {commit === null ? (
        `Of version ${version}.`
      ) : (
        <>
          Of commit{' '}
          {forge === null ? <code>{commit}</code> : <a href={forge.commit(commit)}>{commit}</a>}
        </>
      )}
    </p>
  )
}

function Side({
  what,
  operation,
  place,
}: {
  what: string
  operation: string
  place: Place | null
}) {
  if (place === null) return null
  return (
    <figure>
      <figcaption>
        {what}, <PlaceOf place={place} />
      </figcaption>
      <Listing place={place} label={`${operation}, ${what}`} />
      <Calls called={callsOf(place)} />
    </figure>
  )
}

/** What code calls, each with a link to it in the page of its file. */
function Calls({ called }: { called: readonly Called[] }) {
  if (called.length === 0) return null
  return (
    <p class="calls">
      It calls{' '}
      {called.map(({ name, path, line }, at) => (
        <>
          {at > 0 && ', '}
          <a href={`../${codePath(path)}#L${line}`} title={`${path}:${line}`}>
            <code>{name}</code>
          </a>
        </>
      ))}
    </p>
  )
}

/** File and lines, as a link that never changes where there is one. */
export function PlaceOf({ place }: { place: Place }) {
  const { path, first, last } = place
  const text = `${path}:${first}${first === last ? '' : `–${last}`}`
  const link = permalink(place, revision())
  const isChanged = revision().changed.has(path)
  return (
    <>
      {link === null ? (
        <span class="place">{text}</span>
      ) : (
        <a class="place" href={link}>
          {text}
        </a>
      )}
      {isChanged && <small> (changed since)</small>}
    </>
  )
}

/** Lines with their numbers, which are not copied with them; those at which something begins can be linked to. */
export function Listing({
  place,
  label,
  anchors,
}: {
  place: Place
  label: string
  anchors?: ReadonlyMap<number, unknown>
}) {
  const { first, last } = place
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return (
    <section class="listing" tabindex={0} aria-label={label}>
      <pre class="code">
        <span class="at" aria-hidden="true">
          {numbers.map((number, i) => (
            <>
              {i > 0 && '\n'}
              {anchors?.has(number) ? <b id={`L${number}`}>{number}</b> : number}
            </>
          ))}
        </span>
        <code dangerouslySetInnerHTML={{ __html: htmlOf(place) }} />
      </pre>
    </section>
  )
}

const known = new Map<string, string>()

/** The code at a place as HTML: the pages of many clauses show the same. */
function htmlOf(place: Place): string {
  const key = `${place.path}:${place.first}–${place.last}`
  const html = known.get(key) ?? highlighted(excerptOf(place))
  known.set(key, html)
  return html
}
