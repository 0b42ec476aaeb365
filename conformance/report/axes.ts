import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale'
import { figure } from '../base/text.ts'

/** A place of a picture for each number, and the numbers at which lines are drawn across. */
export interface Axis {
  readonly at: ScaleContinuousNumeric<number, number>
  readonly levels: readonly number[]
  nameOf(level: number): string
}

/** From 0, or from below it, to the largest number, with about five round numbers between. */
export function linearAxis(values: readonly number[], range: [number, number]): Axis {
  const [low, high] = [Math.min(0, ...values), Math.max(...values)]
  const at = scaleLinear([low, high], range)
  return { at, levels: at.ticks(5), nameOf: figure }
}

/** Whole powers of ten around all numbers above 0, with lines at nine of them at most. */
export function logarithmicAxis(values: readonly number[], range: [number, number]): Axis {
  const positive = values.filter((value) => value > 0)
  // Where nothing can be drawn there is an axis all the same.
  const ends = positive.length > 0 ? positive : [1, 10]
  const at = scaleLog([Math.min(...ends), Math.max(...ends)], range).nice()
  const [low, high] = at.domain().map((end) => Math.round(Math.log10(end))) as [number, number]
  const apart = Math.max(1, Math.ceil((high - low) / 8))
  const levels = Array.from(
    { length: Math.floor((high - low) / apart) + 1 },
    (_, i) => 10 ** (high - i * apart),
  )
  return { at, levels, nameOf: powerOrNumber }
}

/** A power of ten that is small or large by its exponent. */
function powerOrNumber(level: number): string {
  return level >= 0.01 && level <= 1000 ? figure(level) : `1e${Math.round(Math.log10(level))}`
}

/** What a digit takes where letters are largest, and what stays free between two names. */
const [digit, gap] = [8, 6]

/**
 * Eight of some places at most whose names stand apart from each other along a horizontal axis; where two are too
 * near, it is the later one. The name of the last place ends at it, those of others are in their middle.
 */
export function marksOf(
  places: readonly number[],
  x: (place: number) => number,
): readonly number[] {
  const everyFew = places.filter((_, i) => i % Math.ceil(places.length / 8) === 0)
  const marks: number[] = []
  let free = Number.POSITIVE_INFINITY
  for (const place of everyFew.toReversed()) {
    const width = digit * figure(place).length
    const end = place === places.at(-1) ? x(place) : x(place) + width / 2
    if (end + gap > free) continue
    marks.unshift(place)
    free = end - width
  }
  return marks
}
