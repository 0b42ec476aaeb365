import { figure } from '../base/text.ts'
import type { Range } from '../experiments/outcome.ts'
import type { Series } from './chart.tsx'

/** What the numbers of all seeds cover at each place. */
export function rangesOf(
  seeds: readonly (readonly number[])[],
  rangeOf: (values: readonly number[]) => Range,
): readonly Range[] {
  return seeds[0]!.map((_, at) => rangeOf(seeds.map((curve) => curve[at]!)))
}

/** Means as a line, with a band from the lowest seed to the highest. */
export function bandOf(name: string, ranges: readonly Range[]): Series {
  return {
    name,
    values: ranges.map(({ middle }) => middle),
    spread: { low: ranges.map(({ low }) => low), high: ranges.map(({ high }) => high) },
  }
}

/** `2 (1 to 4)` */
export function inWords({ middle, low, high }: Range): string {
  return `${figure(middle)} (${figure(low)} to ${figure(high)})`
}
