import { figure } from '../base/text.ts'

/** Numbers that belong together, over the same places. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
  /** Drawn with dashes: what may not be exceeded, not what was measured. */
  readonly isBound?: boolean
  /** Drawn as a band: between which numbers the values of single seeds lie. */
  readonly spread?: { readonly low: readonly number[]; readonly high: readonly number[] }
}

const [width, height] = [520, 190]
const [left, right, top, foot] = [46, 8, 8, 34]
const inner = { width: width - left - right, height: height - top - foot }

/** Up to nine powers of ten, or about five round numbers, at which lines are drawn across. */
function levelsOf(low: number, high: number, isLogarithmic: boolean): readonly number[] {
  if (isLogarithmic) {
    const [first, last] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))]
    const apart = Math.max(1, Math.ceil((last - first) / 8))
    const count = Math.floor((last - first) / apart) + 1
    return Array.from({ length: count }, (_, i) => 10 ** (last - i * apart))
  }
  const unit = 10 ** Math.floor(Math.log10((high - low) / 4 || 1))
  const step = unit * ([1, 2, 5, 10].find((times) => (high - low) / (times * unit) <= 5) ?? 10)
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)]
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}

/** A power of ten that is small or large by its exponent, other numbers as they are. */
function nameOf(level: number, isLogarithmic: boolean): string {
  if (!isLogarithmic || (level >= 0.01 && level <= 1000)) return figure(level)
  return `1e${Math.round(Math.log10(level))}`
}

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
  const all = series
    .flatMap(({ values, spread }) => [...values, ...(spread?.low ?? []), ...(spread?.high ?? [])])
    .filter((v) => !logarithmic || v > 0)
  const high = logarithmic ? 10 ** Math.ceil(Math.log10(Math.max(...all))) : Math.max(...all)
  const low = logarithmic ? 10 ** Math.floor(Math.log10(Math.min(...all))) : Math.min(0, ...all)
  const scale = logarithmic ? Math.log10 : (v: number) => v
  const [first, last] = [places[0]!, places.at(-1)!]
  const x = (place: number) => left + ((place - first) / (last - first || 1)) * inner.width
  const y = (value: number) =>
    top + (1 - (scale(value) - scale(low)) / (scale(high) - scale(low) || 1)) * inner.height
  const pointsOf = (values: readonly number[]) =>
    values
      .map((value, i) => [places[i]!, value] as const)
      .filter(([, value]) => !logarithmic || value > 0)
      .map(([place, value]) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`)
  const marks = places.filter((_, i) => i % Math.ceil(places.length / 8) === 0)
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <title>{label}</title>
        {levelsOf(low, high, logarithmic).map((level) => (
          <>
            <line x1={left} x2={width - right} y1={y(level)} y2={y(level)} />
            <text x={left - 5} y={y(level) + 4} text-anchor="end">
              {nameOf(level, logarithmic)}
            </text>
          </>
        ))}
        {marks.map((place) => (
          <text x={x(place)} y={height - foot + 15} text-anchor={place === last ? 'end' : 'middle'}>
            {figure(place)}
          </text>
        ))}
        <text x={left + inner.width / 2} y={height - 4} text-anchor="middle">
          {axis}
        </text>
        {series.map((each, at) => (
          <>
            {each.spread && (
              <polygon
                class={`series${at}`}
                points={[
                  ...pointsOf(each.spread.low),
                  ...pointsOf(each.spread.high).toReversed(),
                ].join(' ')}
              />
            )}
            <polyline
              class={`series${at}${each.isBound ? ' bound' : ''}`}
              points={pointsOf(each.values).join(' ')}
            />
            {!each.isBound &&
              pointsOf(each.values).map((point) => {
                const [cx, cy] = point.split(',')
                return <circle class={`series${at}`} cx={cx} cy={cy} r="2.5" />
              })}
          </>
        ))}
      </svg>
      <figcaption>
        {series.map(({ name, isBound }, at) => (
          <span class="legend">
            <svg viewBox="0 0 24 8" aria-hidden="true">
              <polyline class={`series${at}${isBound ? ' bound' : ''}`} points="1,4 23,4" />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
