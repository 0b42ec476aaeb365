import { scaleLinear } from 'd3-scale'
import { figure, precise } from '../base/text.ts'

/** Where the labels of a number change sides, so that they stay within the picture, in percent. */
const [leftmost, rightmost] = [30, 70]
const margin = 8

/**
 * What was expected, what came and how far rounding reaches, on one line. It is as wide as the page, and its
 * text does not shrink with it. `null` where one of them is no place on a line.
 */
export function Scale({
  expected,
  actual,
  bound,
  names,
}: {
  expected: number
  actual: number
  bound: number
  names: Readonly<{ expected: string; actual: string }>
}) {
  if (![expected, actual, bound].every(Number.isFinite)) return null
  const [low, high] = [Math.min(expected - bound, actual), Math.max(expected + bound, actual)]
  if (!Number.isFinite(high - low) || high === low) return null
  const x = scaleLinear([low, high], [margin, 100 - margin])
  const [from, to] = [x(expected - bound), x(expected + bound)]
  const label = `On a scale from ${figure(low)} to ${figure(high)}: ${names.expected} ${precise(expected)}, give or take ${figure(bound)}; ${names.actual} ${precise(actual)}.`
  return (
    <svg class="scale" width="100%" height="74" role="img" aria-label={label}>
      <title>{label}</title>
      <line class="axis" x1="0" x2="100%" y1="37" y2="37" />
      <rect class="bound" x={`${from}%`} width={`${to - from}%`} y="29" height="16" />
      <line class="expected" x1={`${x(expected)}%`} x2={`${x(expected)}%`} y1="24" y2="50" />
      <circle class="actual" cx={`${x(actual)}%`} cy="37" r="6" />
      <Name at={x(expected)} y={16} kind="expected">
        {names.expected} {shortly(expected)}
        {bound > 0 && ` ± ${figure(bound)}`}
      </Name>
      <Name at={x(actual)} y={66} kind="actual">
        {names.actual} {shortly(actual)}
      </Name>
    </svg>
  )
}

/** A number beside its mark: to the right of it where it is far left, and the other way around. */
function Name({
  at,
  y,
  kind,
  children,
}: {
  at: number
  y: number
  kind: string
  children: preact.ComponentChildren
}) {
  const anchor = at < leftmost ? 'start' : at > rightmost ? 'end' : 'middle'
  const x = anchor === 'start' ? at - margin / 2 : anchor === 'end' ? at + margin / 2 : at
  return (
    <text class={kind} x={`${x}%`} y={y} text-anchor={anchor}>
      {children}
    </text>
  )
}

/** As many digits as fit beside each other on a phone; the text below has all of them. */
function shortly(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7
    ? precise(value)
    : String(Number(value.toPrecision(7)))
}
