import { figure } from '../base/text.ts'
import type { Range } from '../experiments/outcome.ts'
import { Scroll } from './markup.tsx'
import { inWords } from './ranges.ts'

interface Column {
  readonly name: string
  /** One for each place. */
  readonly ranges: readonly Range[]
}

/** The numbers that a chart with bands draws, folded. */
export function RangesTable({
  axis,
  places,
  columns,
}: {
  readonly axis: string
  readonly places: readonly number[]
  readonly columns: readonly Column[]
}) {
  return (
    <details>
      <summary>The numbers</summary>
      <Scroll>
        <table class="spreads">
          <thead>
            <tr>
              <th>{axis}</th>
              {columns.map(({ name }) => (
                <th>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place, at) => (
              <tr>
                <th scope="row">{figure(place)}</th>
                {columns.map(({ ranges }) => (
                  <td>{inWords(ranges[at]!)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  )
}
