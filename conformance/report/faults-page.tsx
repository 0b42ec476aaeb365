import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { clausePath, page } from './layout.tsx'

/** Every fault that was tried in the run, and the properties that had to notice it. */
export function faultsPage(report: Report): string {
  const rows = new Map<string, { property: string; killed: boolean; cases: number }[]>()
  for (const { properties } of report.clauses) {
    for (const { id, faults } of properties) {
      for (const { name, killed, cases } of faults) {
        rows.set(name, [...(rows.get(name) ?? []), { property: id, killed, cases }])
      }
    }
  }
  return page(
    { title: 'Faults' },
    <>
      <h1>Faults</h1>
      <p>
        {plural(rows.size, 'deliberately wrong implementation')}, each a mistake that people make.
        In this run the properties below were tried on them and had to notice: a check that cannot
        fail proves nothing.
      </p>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">fault</th>
            <th scope="col">noticed by</th>
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([name, kills]) => (
            <tr>
              <th scope="row">{name}</th>
              <td>
                {kills.map(({ property, killed, cases }) => {
                  const [clause = '', own = ''] = property.split('/')
                  return (
                    <div>
                      <a href={`${clausePath(clause)}#${own}`}>{property}</a>{' '}
                      <small class={killed ? '' : 'bad'}>
                        {killed ? `after ${figure(cases)}` : 'missed it'}
                      </small>
                    </div>
                  )
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>,
  )
}
