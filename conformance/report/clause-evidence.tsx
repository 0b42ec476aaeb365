import { figure } from '../base/text.ts'
import type { ReportedClause } from '../suite/model.ts'
import { coverageOf } from '../suite/summarize.ts'
import { Scroll } from './markup.tsx'

/** After how many cases which property noticed which fault. */
export function KillMatrix({ clause: { properties } }: { clause: ReportedClause }) {
  const faults = [...new Set(properties.flatMap((property) => property.faults.map((f) => f.name)))]
  if (faults.length === 0) return null
  const operations = new Set(faults.map((name) => name.slice(0, name.indexOf(': '))))
  const [only] = operations.size === 1 ? operations : []
  return (
    <>
      <h2 id="faults">Faults noticed</h2>
      <p class="dim">
        Mistakes that people make, and after how many cases each property noticed them.
      </p>
      <Scroll>
        <table class="kills">
          <thead>
            <tr>
              <th scope="col">fault</th>
              {properties.map(({ id }) => (
                <th class="mark" scope="col">
                  {id.slice(id.indexOf('/') + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {faults.map((name) => (
              <tr>
                <th scope="row">{only === undefined ? name : name.slice(only.length + 2)}</th>
                {properties.map((property) => {
                  const kill = property.faults.find((fault) => fault.name === name)
                  if (kill === undefined) return <td class="mark dim">·</td>
                  return (
                    <td class={`mark ${kill.killed ? 'good' : 'bad'}`}>
                      {kill.killed ? `✓ ${figure(kill.cases)}` : 'missed'}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

/** `: largest sizes N 32, H 128; 64 of 82 pairs of choices met`, or nothing where it has neither. */
function reachOf(covered: ReturnType<typeof coverageOf>[string] | undefined): string {
  if (covered === undefined) return ''
  const sizes = Object.entries(covered.largestSizes).map(
    ([axis, size]) => `${axis} ${figure(size)}`,
  )
  const { pairs, pairsReached } = covered
  const told = [
    ...(sizes.length > 0 ? [`largest sizes ${sizes.join(', ')}`] : []),
    ...(pairs > 0 ? [`${figure(pairsReached)} of ${figure(pairs)} pairs of choices met`] : []),
  ]
  return told.length === 0 ? '' : `: ${told.join('; ')}`
}

/** How often the cases of this clause reached each class; the front page tells what no case did. */
export function Classes({ clause }: { clause: ReportedClause }) {
  const { properties } = clause
  const byOperation = new Map<string, Map<string, number>>()
  const covered = coverageOf([clause])
  const asked = properties.filter(({ verdict }) => verdict.outcome !== 'unsupported')
  const declined = new Set(asked.flatMap((it) => Object.keys(it.declined?.classes ?? {})))
  for (const [name, count] of asked.flatMap(({ classes }) => Object.entries(classes))) {
    const [operation = '', ...words] = name.split(': ')
    const own = byOperation.get(operation) ?? new Map<string, number>()
    byOperation.set(operation, own)
    own.set(words.join(': '), (own.get(words.join(': ')) ?? 0) + count)
  }
  if (byOperation.size === 0) return null
  return (
    <>
      <h2 id="classes">Classes of cases</h2>
      {[...byOperation].map(([operation, classes]) => (
        <>
          <p>
            <code>{operation}</code>
            <span class="dim">{reachOf(covered[operation])}</span>
          </p>
          <ul class="tags">
            {[...classes].map(([name, count]) => (
              <li class={count === 0 ? 'dim' : ''}>
                {name}{' '}
                <small>
                  {count > 0
                    ? figure(count)
                    : declined.has(`${operation}: ${name}`)
                      ? 'declined'
                      : 'not here'}
                </small>
              </li>
            ))}
          </ul>
        </>
      ))}
    </>
  )
}
