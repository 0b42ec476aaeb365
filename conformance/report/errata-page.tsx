import { readIn } from '../../spec/checked.ts'
import { clauses } from '../../spec/index.ts'
import type { Clause, Erratum } from '../../spec/language/clause.ts'
import { figure, plural } from '../base/text.ts'
import { notesLines } from '../cite/lines.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import { Citation } from './citation.tsx'
import { clausePath, page } from './layout.tsx'
import { Chip, Prose, Terms } from './markup.tsx'

/** An erratum, with the clauses that correct it. */
interface Entry {
  readonly erratum: Erratum
  readonly ids: readonly string[]
}

/** Every mistake of the notes, with the smallest case on which they are wrong, as this run had it. */
export function errataPage(report: Report): string {
  const entries = entriesOf(clauses)
  const ran = entries.filter((entry) => runsOf(report, entry).length > 0)
  return page(
    { title: 'Errata of the notes' },
    <>
      <h1>Errata of the notes</h1>
      <p>
        {plural(entries.length, 'place')} where the notes are wrong or leave open what they mean,
        each with the smallest case that shows it. This run tried {figure(ran.length)} of these
        cases.
      </p>
      <Publications />
      {entries.map((entry) => (
        <section id={entry.erratum.id}>
          <h2>{entry.erratum.id}</h2>
          <p class="dim">
            {entry.ids.map((id, position) => (
              <>
                {position > 0 && ', '}
                {report.clauses.some((clause) => clause.id === id) ? (
                  <a href={clausePath(id)}>{id}</a>
                ) : (
                  id
                )}
              </>
            ))}
          </p>
          <ErratumBlock erratum={entry.erratum} />
          <Run runs={runsOf(report, entry)} />
        </section>
      ))}
    </>,
  )
}

/** An erratum may concern several clauses, and is shown once, in the order of the numbers. */
function entriesOf(all: readonly Clause[]): readonly Entry[] {
  const grouped = new Map<string, Entry>()
  for (const { id, errata } of all) {
    for (const erratum of errata) {
      const ids = grouped.get(erratum.id)?.ids ?? []
      grouped.set(erratum.id, { erratum, ids: ids.includes(id) ? ids : [...ids, id] })
    }
  }
  return [...grouped.values()].sort((a, b) =>
    a.erratum.id.localeCompare(b.erratum.id, 'en', { numeric: true }),
  )
}

/** How the properties came out that run the counterexample. */
function runsOf(report: Report, { erratum, ids }: Entry): readonly PropertyReport[] {
  return report.clauses
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ id, properties }) => properties.filter((it) => it.id === `${id}/${erratum.id}`))
}

/** The outcome of the counterexample, and whether what the notes say was told from what is right. */
function Run({ runs }: { runs: readonly PropertyReport[] }) {
  if (runs.length === 0) return <p class="dim">Its counterexample was not tried in this run.</p>
  return (
    <ul class="runs">
      {runs.map(({ id, title, verdict, faults }) => (
        <li>
          <Chip outcome={verdict.outcome} /> in this run:{' '}
          <a href={`${clausePath(id.slice(0, id.indexOf('/')))}#${id.slice(id.indexOf('/') + 1)}`}>
            {title}
          </a>
          {faults.map(({ name, killed, cases }) => (
            <div class={killed ? 'dim' : 'bad'}>
              {killed
                ? `Noticed, after ${plural(cases, 'case')}: `
                : `Not noticed, in ${plural(cases, 'case')}: `}
              {name.slice(name.indexOf(': ') + 2)}.
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** How many citations were compared with what they cite: of the others, the place may be wrong. */
function Publications() {
  const cited = new Map(
    (clauses as readonly Clause[])
      .flatMap(({ source, errata }) => [
        ...source.publications,
        ...errata.map(({ settledBy }) => settledBy),
      ])
      .map((publication) => [`${publication.title}, ${publication.where}`, publication]),
  )
  const all = [...cited.values()]
  const checked = all.filter((publication) => readIn(publication) !== null).length
  return (
    <p>
      Of {figure(all.length)} places in publications that clauses and errata cite, {figure(checked)}{' '}
      were read and say what they are cited for. Of the others nobody had the publication open: what
      they say is checked by the properties, but a number of a section or an equation may be wrong.
    </p>
  )
}

export function ErratumBlock({ erratum }: { erratum: Erratum }) {
  const { id, lines, says, counterexample, correction, settledBy } = erratum
  return (
    <div class="erratum">
      <Terms
        rows={[
          [id, notesLines([lines])],
          ['the notes say', <Prose text={says} />],
          ['but', <Prose text={counterexample} />],
          ['right is', <Prose text={correction} />],
          ['settled by', <Citation publication={settledBy} />],
        ]}
      />
    </div>
  )
}
