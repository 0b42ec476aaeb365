import { scaleLinear } from 'd3-scale'
import { figure } from '../base/text.ts'

/** A bar with its name, and how long each of its parts is. */
export interface Bar {
  readonly name: string
  readonly parts: readonly number[]
}

const [width, rowHeight] = [520, 21]
const [left, right] = [104, 70]

/** Wide enough to be seen, however little it is. */
const least = 2

/**
 * Bars that lie one below the other, as SVG that is made when the report is, and all numbers in a table below.
 * The colours of the parts are those of `kinds`.
 */
export function Bars({
  label,
  kinds,
  bars,
  row,
}: {
  /** What the picture shows, for who does not see it. */
  label: string
  /** What the parts are, each with the class of its colour. */
  kinds: readonly { readonly name: string; readonly colour: string }[]
  bars: readonly Bar[]
  /** What a bar is of. */
  row: string
}) {
  const totals = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0))
  const most = Math.max(1, ...totals)
  const long = scaleLinear([0, most], [0, width - left - right])
  const lengthOf = (part: number) => (part === 0 ? 0 : Math.max(least, long(part)))
  return (
    <figure class="chart bars">
      <svg viewBox={`0 0 ${width} ${bars.length * rowHeight + 4}`} role="img" aria-label={label}>
        <title>{label}</title>
        {bars.map(({ name, parts }, at) => {
          const y = at * rowHeight
          let x = left
          return (
            <>
              <text x={left - 6} y={y + 15} text-anchor="end">
                {name}
              </text>
              {parts.map((part, kind) => {
                const [from, length] = [x, lengthOf(part)]
                x += length
                return length > 0 ? (
                  <rect
                    class={kinds[kind]!.colour}
                    x={from.toFixed(1)}
                    y={y + 3}
                    width={length.toFixed(1)}
                    height={rowHeight - 6}
                  />
                ) : null
              })}
              <text x={x + 5} y={y + 15}>
                {figure(totals[at]!)}
              </text>
            </>
          )
        })}
      </svg>
      <figcaption>
        {kinds.map(({ name, colour }) => (
          <span class="legend">
            <svg viewBox="0 0 24 8" aria-hidden="true">
              <rect class={colour} x="1" y="0" width="22" height="8" />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
      <details>
        <summary>The numbers</summary>
        <Scroll>
          <table>
            <thead>
              <tr>
                <th scope="col">{row}</th>
                {kinds.map(({ name }) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bars.map(({ name, parts }) => (
                <tr>
                  <th scope="row">{name}</th>
                  {parts.map((part) => (
                    <td>{figure(part)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </figure>
  )
}

import { Scroll } from './markup.tsx'
