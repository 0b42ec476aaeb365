import { clauses } from '../../spec/index.ts'
import type { Clause, Erratum } from '../../spec/language/clause.ts'
import { plural } from '../base/text.ts'
import { notesLines } from '../cite/lines.ts'
import type { Report } from '../suite/model.ts'
import { clausePath, page } from './layout.tsx'
import { Chip, Prose, Terms } from './markup.tsx'

/** Every mistake of the notes, with the smallest case on which they are wrong. */
export function errataPage(report: Report): string {
  const all = (clauses as readonly Clause[]).flatMap(({ id, errata }) =>
    errata.map((erratum) => ({ erratum, clause: id })),
  )
  // An erratum may concern several clauses, and is shown once.
  const grouped = new Map<string, { erratum: Erratum; ids: string[] }>()
  for (const { erratum, clause } of all) {
    const entry = grouped.get(erratum.id) ?? { erratum, ids: [] }
    if (!entry.ids.includes(clause)) entry.ids.push(clause)
    grouped.set(erratum.id, entry)
  }
  const sorted = [...grouped.values()].sort((a, b) =>
    a.erratum.id.localeCompare(b.erratum.id, 'en', { numeric: true }),
  )
  return page(
    { title: 'Errata of the notes' },
    <>
      <h1>Errata of the notes</h1>
      <p>
        {plural(sorted.length, 'place')} where the notes are wrong or leave open what they mean,
        each with the smallest case that shows it. A property runs that case in every run.
      </p>
      {sorted.map(({ erratum, ids }) => (
        <section id={erratum.id}>
          <h2>{erratum.id}</h2>
          <p>
            {ids.map((id) => {
              const outcome = outcomeOf(report, id, erratum.id)
              return (
                <>
                  {outcome ? <a href={clausePath(id)}>{id}</a> : id}{' '}
                  {outcome && <Chip outcome={outcome} />}{' '}
                </>
              )
            })}
          </p>
          <ErratumBlock erratum={erratum} />
        </section>
      ))}
    </>,
  )
}

/** How the property came out that runs the counterexample. */
function outcomeOf(report: Report, clause: string, erratum: string) {
  const properties = report.clauses.find(({ id }) => id === clause)?.properties
  return properties?.find(({ id }) => id === `${clause}/${erratum}`)?.verdict.outcome
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
          ['settled by', `${settledBy.title}, ${settledBy.where}`],
        ]}
      />
    </div>
  )
}
