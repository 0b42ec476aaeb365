import { plural } from '../base/text.ts'
import type { Matrix } from '../suite/model.ts'
import { Areas } from './area-table.tsx'
import { History } from './history.tsx'
import { page } from './layout.tsx'
import { linesOf, suiteOf } from './lines.ts'
import { Words } from './words.tsx'

/** Several runs: implementations with their problems, then clauses against them; all leads to the evidence. */
export function matrixPage({ reports }: Matrix, folders: readonly string[]): string {
  const lines = linesOf(reports, folders)
  const clauses = new Set(reports.flatMap((report) => report.clauses.map(({ id }) => id)))
  const runs = reports.length === lines.length ? '' : `, ${plural(reports.length, 'run')}`
  const title = `${plural(lines.length, 'implementation')}${runs}, ${plural(clauses.size, 'clause')}`
  const suites = [...new Set(reports.map(suiteOf))]
  return page(
    { title, single: false },
    <>
      <h1>{title}</h1>
      {suites.length > 1 ? (
        <p class="warn">
          These runs were made by {plural(suites.length, 'version')} of the suite, which ask for
          different things, so that their figures cannot be compared: {suites.join('; ')}.
        </p>
      ) : (
        <p class="dim">Touchstone {suites[0]}.</p>
      )}
      <Words />
      <h2 id="implementations">Implementations</h2>
      <History lines={lines} />
      <h2 id="clauses">Clauses against implementations</h2>
      <p class="dim">
        What an implementation does not provide counts for nothing.{' '}
        <a href="findings.html">Findings</a> are defects of released libraries that are recorded,
        each with its smallest case. What stands behind each clause is on the page of{' '}
        <a href="coverage.html">coverage</a>.
      </p>
      <Areas entries={lines.flatMap(({ runs }) => runs)} />
    </>,
  )
}
