import type { NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import {
  type Operation,
  type Parameters,
  type Range,
  rangeOf,
} from '../../spec/language/operation.ts'
import type { Reading } from './reading.ts'

/** A bound of this share of the largest number of an output says next to nothing of any of them. */
const vacuous = 0.1

/** What must be known of an output to tell whether its bounds say anything. */
export interface Scale {
  /** Between which numbers it lies; `null` where its signature declares none. */
  readonly range: Range | null
  /** The axis along which each member is judged from the one before, as a step of its own. */
  readonly steps?: number
}

/**
 * Whether the bounds of an output say nothing. Where a range is declared, that is a bound on both sides of a
 * number that together are as wide as the range; elsewhere, one that reaches a tenth of the largest
 * magnitude. Of steps that are judged one by one, each is evidence by itself: they say nothing where
 * the bounds of most of them do.
 */
export function isOpen<T>(
  { shape, data }: NumberArray<T>,
  read: (x: T) => Reading,
  { range, steps }: Scale,
): boolean {
  const count = steps === undefined ? 1 : shape[steps]!
  const within = shape.slice((steps ?? 0) + 1).reduce((product, size) => product * size, 1)
  const stepOf = (place: number) => (steps === undefined ? 0 : Math.floor(place / within) % count)
  const widest = new Float64Array(count)
  let largest = 0
  for (let place = 0; place < data.length; place++) {
    const { value, error } = read(data[place]!)
    const step = stepOf(place)
    widest[step] = Math.max(widest[step]!, error)
    largest = Math.max(largest, Math.abs(value))
  }
  const least = range === null ? vacuous * largest : (range[1] - range[0]) / 2
  // Neither is a bound of an output that is not a number compared with anything.
  const open = widest.filter((bound) => bound !== 0 && !(bound < least)).length
  return 2 * open > count
}

/**
 * The first output of an answer of which the bounds say nothing, or `null`. What has several right
 * answers is not judged by bounds at all.
 */
export function openOutput(
  { outputs }: Operation,
  parameters: Parameters,
  expected: Readonly<Record<string, NumberArray<Bounded>>>,
  error: (x: Bounded) => number,
): string | null {
  const read = (x: Bounded): Reading => ({ value: x.value, error: error(x) })
  for (const name in outputs) {
    const output = outputs[name]!
    // Of an output with several right answers, no bound of an element means anything.
    if (output.unique === false) continue
    if (isOpen(expected[name]!, read, { range: rangeOf(output, parameters) })) return name
  }
  return null
}
