import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { Bars } from './bars.tsx'
import { page } from './layout.tsx'
import { areaOf } from './proofs-table.tsx'
import { PropertyLink } from './utilizations.tsx'

/** Every fault that was tried in the run, and the properties that had to notice it. */
export function faultsPage(report: Report): string {
  const rows = new Map<string, Kill[]>()
  for (const { properties } of report.clauses) {
    for (const { id, faults } of properties) {
      for (const { name, killed, cases } of faults) {
        rows.set(name, [...(rows.get(name) ?? []), { property: id, killed, cases }])
      }
    }
  }
  const areas = [...new Set([...rows.keys()].map(areaOf))]
  return page(
    { title: 'Faults' },
    <>
      <h1>Faults</h1>
      <p>
        {plural(rows.size, 'deliberately wrong implementation')}, each a mistake that people make.
        In this run the properties below were tried on them and had to notice: a check that cannot
        fail proves nothing.
      </p>
      <CasesToKill kills={[...rows.values()].flat()} />
      {areas.map((area) => (
        <Area name={area} rows={[...rows].filter(([fault]) => areaOf(fault) === area)} />
      ))}
    </>,
  )
}

/** The property that had to notice a fault, whether it did, and after how many cases. */
interface Kill {
  readonly property: string
  readonly killed: boolean
  readonly cases: number
}

/** The faults of an area, folded unless one of them was missed. */
function Area({
  name,
  rows,
}: {
  name: string
  rows: readonly (readonly [string, readonly Kill[]])[]
}) {
  const missed = rows.filter(([, kills]) => kills.some(({ killed }) => !killed)).length
  return (
    <details open={missed > 0}>
      <summary>
        {name}{' '}
        <small class={missed > 0 ? 'bad' : ''}>
          {plural(rows.length, 'fault')}
          {missed > 0 && `, ${figure(missed)} missed by a property that must notice`}
        </small>
      </summary>
      <table class="stack faults">
        <thead>
          <tr>
            <th scope="col">fault</th>
            <th scope="col">noticed by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([fault, kills]) => (
            <tr>
              <th scope="row">{fault}</th>
              <td>
                {kills.map(({ property, killed, cases }) => (
                  <div>
                    <PropertyLink id={property} />{' '}
                    <small class={killed ? '' : 'bad'}>
                      {killed ? `after ${figure(cases)}` : 'missed it'}
                    </small>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** How many cases it takes until a mistake is noticed: where that is near to all that were tried, chance decides. */
function CasesToKill({ kills }: { kills: readonly Kill[] }) {
  if (kills.length === 0) return null
  const ends = [1, 2, 4, 8, 16, 32, 64, 100]
  const killed = kills.filter((kill) => kill.killed)
  const bars = ends.map((end, at) => {
    const from = at === 0 ? 1 : ends[at - 1]! + 1
    const count = killed.filter(({ cases }) => cases >= from && cases <= end).length
    return {
      name: from === end ? figure(end) : `${figure(from)} to ${figure(end)}`,
      parts: [count],
    }
  })
  const missed = kills.length - killed.length
  return (
    <Bars
      label={`Faults by the cases that a property took to notice them: ${bars.map(({ name, parts }) => `${figure(parts[0]!)} after ${name}`).join(', ')}; ${figure(missed)} not at all.`}
      kinds={[
        {
          name: 'faults by the cases until a property noticed them, once for each property',
          colour: 'link',
        },
      ]}
      bars={missed === 0 ? bars : [...bars, { name: 'not noticed', parts: [missed] }]}
      row="cases until noticed"
    />
  )
}
