/// <reference lib="dom" />
import { Chip } from '../report/markup.tsx'
import { PropertyBlock } from '../report/property.tsx'
import type { ClauseReport } from '../suite/model.ts'
import { Site } from './site.tsx'
import { fails, type State } from './state.ts'
import { TakeAlong } from './take-along.tsx'

/** What came of a run so far: the failures, each with its smallest case, then every clause. */
export function Results({ state: { finished, report, settings } }: { readonly state: State }) {
  // Names of mistakes and causes are known at the end only.
  const clauses: readonly ClauseReport[] = report?.clauses ?? finished
  if (clauses.length === 0) return null
  const failing = clauses.filter(({ properties }) => properties.some(fails))
  return (
    <>
      {report !== null && <TakeAlong report={report} settings={settings!} />}
      {failing.length > 0 && <h2 id="failures">Failures, as they came</h2>}
      {failing.map((clause) => (
        <section class="failure" key={clause.id}>
          <h3>
            {clause.id} <span class="dim">{clause.title}</span>
          </h3>
          {clause.properties.filter(fails).map((property) => (
            <PropertyBlock key={property.id} property={property} known={undefined} />
          ))}
        </section>
      ))}
      <details open={report === null}>
        <summary>{report === null ? 'Clauses that are done' : 'All clauses'}</summary>
        <ul class="clauses">
          {clauses.map(({ id, title, verdict }) => (
            <li key={id}>
              <Chip outcome={verdict} />
              <span>
                {id} <span class="about">{title}</span>
              </span>
            </li>
          ))}
        </ul>
      </details>
      {report !== null && <Site report={report} />}
    </>
  )
}
