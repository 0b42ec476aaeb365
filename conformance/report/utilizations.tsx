import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { type Bar, Bars } from './bars.tsx'
import { clausePath } from './layout.tsx'

const bins = 10

/** How near to their bounds the answers of each property came: derived bounds are neither exceeded nor idle. */
export function Utilizations({ report: { clauses } }: { report: Report }) {
  const all = clauses
    .flatMap(({ properties }) => properties)
    .flatMap(({ id, verdict }) =>
      verdict.outcome === 'conforms' ? [{ id, worst: verdict.worstUtilization }] : [],
    )
  if (all.length === 0) return <p>Nothing conforms.</p>
  const inBin = (bin: number) =>
    all.filter(({ worst }) => worst > bin / bins && worst <= (bin + 1) / bins).length
  const exact = all.filter(({ worst }) => worst === 0).length
  const bars: readonly Bar[] = [
    { name: 'nothing', parts: [exact] },
    ...Array.from({ length: bins }, (_, bin) => ({
      name: `up to ${figure((bin + 1) / bins)}`,
      parts: [inBin(bin)],
    })),
  ]
  const nearest = all.filter(({ worst }) => worst > 0).toSorted((a, b) => b.worst - a.worst)
  return (
    <>
      <p>
        {plural(all.length, 'property conforms', 'properties conform')}; each by the largest share
        of a bound that any element of any of its cases used up. Nothing is used up where answers
        are equal to the bit.
      </p>
      <Bars
        label={`Properties by the largest share of a bound that was used up: ${bars.map(({ name, parts }) => `${figure(parts[0]!)} ${name}`).join(', ')}.`}
        kinds={[{ name: 'properties', colour: 'link' }]}
        bars={bars}
        row="of a bound used up"
      />
      {nearest.length > 0 && (
        <details>
          <summary>The ten that came nearest to their bounds</summary>
          <ol>
            {nearest.slice(0, 10).map(({ id, worst }) => (
              <li>
                <PropertyLink id={id} /> <small>{figure(worst)}</small>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

/** A property of a clause, as a link to where its page shows it. */
export function PropertyLink({ id }: { id: string }) {
  const [clause = '', own = ''] = id.split('/')
  return <a href={`${clausePath(clause)}#${own}`}>{id}</a>
}
