import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { figure } from '../base/text.ts'
import { linearAxis, logarithmicAxis, marksOf } from './axes.ts'

/** Numbers that belong together, over the same places. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
  /** Drawn with dashes: what may not be exceeded, not what was measured. */
  readonly isBound?: boolean
  /** Drawn as a band: between which numbers the values of single seeds lie. */
  readonly spread?: Spread
}

interface Spread {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

const [width, height] = [520, 190]
const [left, right, top, foot] = [46, 8, 8, 34]

/**
 * Lines over places, as SVG that is made when the report is: a text alternative says what they are, and the
 * numbers belong into a table beside it. On a logarithmic scale, what is 0 is not drawn.
 */
export function Chart({
  label,
  axis,
  places,
  series,
  logarithmic = false,
}: {
  /** What the picture shows, for who does not see it. */
  label: string
  /** What the places are. */
  axis: string
  places: readonly number[]
  series: readonly Series[]
  logarithmic?: boolean
}) {
  const all = series.flatMap(({ values, spread }) => [
    ...values,
    ...(spread?.low ?? []),
    ...(spread?.high ?? []),
  ])
  const axisOf = logarithmic ? logarithmicAxis : linearAxis
  const { at: y, levels, nameOf } = axisOf(all, [height - foot, top])
  const [first, last] = [places[0]!, places.at(-1)!]
  const x = scaleLinear([first, last], [left, width - right])
  const drawn = (values: readonly number[]) =>
    [...values.keys()].filter((i) => !logarithmic || values[i]! > 0)
  const lineOf = (values: readonly number[]) =>
    line<number>(
      (i) => x(places[i]!),
      (i) => y(values[i]!),
    ).digits(1)(drawn(values))
  const bandOf = ({ low, high }: Spread) =>
    area<number>(
      (i) => x(places[i]!),
      (i) => y(low[i]!),
      (i) => y(high[i]!),
    ).digits(1)(drawn(low))
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <title>{label}</title>
        {levels.map((level) => (
          <>
            <line x1={left} x2={width - right} y1={y(level)} y2={y(level)} />
            <text x={left - 5} y={y(level) + 4} text-anchor="end">
              {nameOf(level)}
            </text>
          </>
        ))}
        {marksOf(places, x).map((place) => (
          <text x={x(place)} y={height - foot + 15} text-anchor={place === last ? 'end' : 'middle'}>
            {figure(place)}
          </text>
        ))}
        <text x={(left + width - right) / 2} y={height - 4} text-anchor="middle">
          {axis}
        </text>
        {series.map((each, at) => (
          <>
            {each.spread && <path class={`band series${at}`} d={bandOf(each.spread) ?? ''} />}
            <path
              class={`line series${at}${each.isBound ? ' bound' : ''}`}
              d={lineOf(each.values) ?? ''}
            />
            {!each.isBound &&
              drawn(each.values).map((i) => (
                <circle
                  class={`series${at}`}
                  cx={x(places[i]!).toFixed(1)}
                  cy={y(each.values[i]!).toFixed(1)}
                  r="2.5"
                />
              ))}
          </>
        ))}
      </svg>
      <figcaption>
        {series.map(({ name, isBound }, at) => (
          <span class="legend">
            <svg viewBox="0 0 24 8" aria-hidden="true">
              <path class={`line series${at}${isBound ? ' bound' : ''}`} d="M1,4H23" />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
