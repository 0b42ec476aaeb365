import { figure, plural } from '../base/text.ts'
import type { Matrix } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import { passes } from '../suite/verdict.ts'
import { clausePath, page } from './layout.tsx'
import { Chip } from './markup.tsx'
import { declinesIn, totalsOf } from './totals.ts'

/** Clauses against implementations; every cell leads to the evidence. */
export function matrixPage({ reports }: Matrix, folders: readonly string[]): string {
  const ids = [...new Set(reports.flatMap(({ clauses }) => clauses.map(({ id }) => id)))]
  const rows = ids.map((id) => ({
    id,
    cells: reports.map(({ clauses }) => clauses.find((clause) => clause.id === id)),
  }))
  const title = `${plural(reports.length, 'implementation')}, ${plural(ids.length, 'clause')}`
  return page(
    { title, single: false },
    <>
      <h1>{title}</h1>
      <ul class="clauses">
        {reports.map((report, position) => {
          const { environment } = report
          const { name, version } = environment.implementation
          const { conforming, of } = totalsOf(report).clauses
          const declines = declinesIn(report)
          const missing = Object.keys(environment.operations.missing).length
          return (
            <li>
              <span class={passes(report) ? 'good' : 'bad'}>
                {figure(conforming)} of {figure(of)}
              </span>
              <span>
                {position + 1}.{' '}
                <a href={`${folders[position]}/index.html`}>
                  {name} {version}
                </a>{' '}
                on {environment.device}
                <span class="about">
                  {plural(problemsOf(report).length, 'distinct problem')}
                  {declines !== null && `; it declines ${declines}`}
                  {missing > 0 && `; ${plural(missing, 'operation')} not provided`}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
      <h2>Clauses against implementations</h2>
      <div class="scroll">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">clause</th>
              {reports.map(({ environment: { implementation, device } }, position) => (
                <th scope="col">
                  {position + 1}. {implementation.name}
                  <br />
                  <small>{device.split(',')[0]}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells }) => (
              <tr>
                <th scope="row">{id}</th>
                {cells.map((cell, position) => (
                  <td>
                    {cell ? (
                      <Chip
                        outcome={cell.verdict}
                        href={`${folders[position]}/${clausePath(id)}`}
                      />
                    ) : (
                      <span class="dim">not run</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>,
  )
}
