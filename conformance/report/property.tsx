import { plural, visible } from '../base/text.ts'
import { othersOf } from '../suite/capsules.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import { gist, noticed } from './gist.ts'
import { Histogram } from './histogram.tsx'
import { Chip, Terms } from './markup.tsx'
import { Snippets } from './snippets.tsx'
import { rowsOf, rowsOfCase } from './terminal.ts'

type KnownEntry = NonNullable<Report['known']>['failing'][number]

/** One property: how it came out, and the evidence. */
export function PropertyBlock({
  property,
  known,
}: {
  property: PropertyReport
  known: KnownEntry | undefined
}) {
  const { id, title, verdict, utilizations, floor } = property
  const inexact = verdict.outcome === 'conforms' && verdict.worstUtilization > 0
  return (
    <div class="property" id={id.slice(id.indexOf('/') + 1)}>
      <h3>
        <Chip outcome={verdict.outcome} />
        {title}
      </h3>
      {known && <KnownNote known={known} />}
      {verdict.outcome === 'conforms' ? (
        <p class="dim">{gist(verdict)}</p>
      ) : (
        <Counterexample property={property} />
      )}
      {floor !== null && <p class="dim">{noticed(floor)}</p>}
      {inexact && <Histogram counts={utilizations} />}
      <Silent property={property} />
    </div>
  )
}

/** The cases that say nothing, as a share of all that were tried. */
function Silent({ property: { verdict, open, discarded } }: { property: PropertyReport }) {
  const cases = 'cases' in verdict ? verdict.cases : 0
  const share = (part: number) => `${((100 * part) / (cases + open + discarded)).toFixed(0)} %`
  const notes = [
    ...(open > 0 ? [`${plural(open, 'case')} (${share(open)}) open: bounds that say nothing`] : []),
    ...(discarded > 0
      ? [`${plural(discarded, 'case')} (${share(discarded)}) discarded: nothing to compare with`]
      : []),
  ]
  return notes.length > 0 && <p class="dim">Does not count: {notes.join('; ')}.</p>
}

/** The case on which a property does not conform, and how to run it again. */
export function Counterexample({ property: { verdict } }: { property: PropertyReport }) {
  const others = othersOf(verdict)
  return (
    <>
      <Terms
        kind="case"
        rows={rowsOf(verdict)
          .filter(([term]) => term !== 'also')
          .map(([term, text]) => [term, visible(text)])}
      />
      {'replay' in verdict && verdict.replay && <pre class="wrap">{verdict.replay}</pre>}
      <Snippets verdict={verdict} />
      {others.map(({ capsule, difference, reason, replay, cases }) => (
        <details>
          <summary>
            also, {plural(cases, 'case')}: {visible(reason)}
          </summary>
          <Terms
            kind="case"
            rows={rowsOfCase(capsule, difference, reason).map(([t, text]) => [t, visible(text)])}
          />
          {replay && <pre class="wrap">{replay}</pre>}
          <Snippets verdict={{ capsule, reason }} />
        </details>
      ))}
    </>
  )
}

export function KnownNote({ known: { reason, link } }: { known: KnownEntry }) {
  return (
    <p class="warn">
      Known: {reason}{' '}
      {link !== null && /^https?:\/\//.test(link) ? <a href={link}>{link}</a> : link}
    </p>
  )
}
