import { percent, plural, visible } from '../base/text.ts'
import { reasonsIn } from '../engine/declined.ts'
import { isFailure } from '../engine/verdict.ts'
import { othersOf } from '../suite/capsules.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import type { Problem } from '../suite/problems.ts'
import { CasePicture, drawnIn } from './case-picture.tsx'
import { gist, noticed } from './gist.ts'
import { Histogram } from './histogram.tsx'
import { Chip, Terms } from './markup.tsx'
import { rowsOf, rowsOfCase } from './rows.ts'
import { Snippets } from './snippets.tsx'

type KnownEntry = NonNullable<Report['known']>['failing'][number]

/** One property: how it came out, and the evidence. */
export function PropertyBlock({
  property,
  known,
  isShown = false,
}: {
  property: PropertyReport
  known: KnownEntry | undefined
  /** Whether its case is shown at the top of the page already. */
  isShown?: boolean
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
      ) : isShown ? (
        <p>
          <a href="#failure">Its smallest case is drawn above.</a>
        </p>
      ) : (
        <Counterexample property={property} />
      )}
      <Untaken property={property} />
      {floor !== null && <p class="dim">{noticed(floor)}</p>}
      {inexact && <Histogram counts={utilizations} byAdjoints={property.byAdjoints} />}
      <Silent property={property} />
    </div>
  )
}

/** Which cases it does not take, and what it then covers. */
function Untaken({ property: { declined } }: { property: PropertyReport }) {
  if (declined === undefined) return null
  const { drawn, reasons } = declined
  const count = Object.values(reasons).reduce((sum, each) => sum + each, 0)
  return (
    <p class="dim">
      On {percent(drawn - count, drawn)} of the cases; it declines: {visible(reasonsIn(declined))}.
    </p>
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

/** The failure of a clause that its page begins with: the first with a case, or the first. */
export function failureOf(properties: readonly PropertyReport[]): PropertyReport | undefined {
  const failing = properties.filter(({ verdict }) => isFailure(verdict))
  const compared = failing.find(
    ({ verdict }) => verdict.outcome === 'violates' && verdict.difference !== null,
  )
  return compared ?? failing.find(({ verdict }) => 'capsule' in verdict) ?? failing[0]
}

/** The case on which a property does not conform, and how to run it again. */
export function Counterexample({ property }: { property: PropertyReport }) {
  const { verdict, operations } = property
  const others = othersOf(verdict)
  const [wrong] = ('wrong' in verdict ? verdict.wrong : undefined) ?? operations
  const capsule = 'capsule' in verdict ? (verdict.capsule ?? null) : null
  const difference = verdict.outcome === 'violates' ? verdict.difference : null
  const drawn = capsule === null ? [] : drawnIn(capsule)
  return (
    <>
      {capsule && (
        <CasePicture capsule={capsule} difference={difference} operation={wrong ?? null} />
      )}
      <Terms
        kind="case"
        rows={rowsOf(verdict)
          .filter(([term]) => term !== 'also' && !drawn.includes(term))
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

/** The smallest case of a problem, and how to run it again. */
export function ProblemCase({ problem: { smallest, operation } }: { problem: Problem }) {
  const { property, capsule, difference, reason, replay } = smallest
  const drawn = capsule === null ? [] : drawnIn(capsule)
  const given = rowsOfCase(capsule, difference, reason).filter(([term]) => !drawn.includes(term))
  const rows = [['shown by', property.title] as const, ...given]
  return (
    <>
      {capsule && <CasePicture capsule={capsule} difference={difference} operation={operation} />}
      <Terms kind="case" rows={rows.map(([term, text]) => [term, visible(text)])} />
      {replay && <pre class="wrap">{replay}</pre>}
      {capsule !== null && <Snippets verdict={{ capsule, reason }} />}
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
