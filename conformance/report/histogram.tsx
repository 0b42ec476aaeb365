import { scaleBand, scaleSqrt } from 'd3-scale'
import { figure } from '../base/text.ts'

const [width, height, foot] = [400, 64, 18]

/** High enough to be seen, however few they are. */
const least = 2

/**
 * How many cases used up how much of their bound. The heights are square roots, so that a single
 * case beside thousands can still be seen.
 */
export function Histogram({
  counts,
  byAdjoints,
}: {
  counts: readonly number[]
  /** Those of cases in which a bound by adjoints counted, shown darker. */
  byAdjoints: readonly number[]
}) {
  const most = Math.max(...counts)
  if (counts.length === 0 || most === 0) return null
  const total = counts.reduce((sum, count) => sum + count, 0)
  const place = scaleBand([...counts.keys()], [0, width])
  const tall = scaleSqrt([0, most], [0, height])
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(least, tall(count)))
  const deep = byAdjoints.reduce((sum, count) => sum + count, 0)
  const label = `Cases by the share of the bound that they used up: ${counts
    .map((count, bin) => [count, (bin + 1) / counts.length] as const)
    .filter(([count]) => count > 0)
    .map(([count, upTo]) => `${count} up to ${figure(upTo)}`)
    .join(', ')}.${deep > 0 ? ` Of these, ${figure(deep)} have a bound by adjoints.` : ''}`
  return (
    <svg class="histogram" viewBox={`0 0 ${width} ${height + foot}`} role="img" aria-label={label}>
      <title>{label}</title>
      {counts.map((count, bin) => (
        <rect
          x={place(bin)! + 1}
          y={height - heightOf(count)}
          width={place.bandwidth() - 2}
          height={heightOf(count)}
        />
      ))}
      {byAdjoints.map((count, bin) => {
        if (count === 0) return null
        // The same share of the bar as of its cases.
        const part = (heightOf(counts[bin]!) * count) / counts[bin]!
        return (
          <rect
            class="deep"
            x={place(bin)! + 1}
            y={height - part}
            width={place.bandwidth() - 2}
            height={part}
          />
        )
      })}
      <line x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} />
      <text x="0" y={height + 14}>
        0
      </text>
      <text x={width / 2} y={height + 14} text-anchor="middle">
        {figure(total)} cases by share of the bound
        {deep > 0 && `, ${figure(deep)} of them by adjoints`}
      </text>
      <text x={width} y={height + 14} text-anchor="end">
        1
      </text>
    </svg>
  )
}
