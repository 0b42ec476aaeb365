import { indexOf, isWrong } from '../../engine/judge.ts'
import type { Compared } from '../../engine/trial.ts'

/** Which elements of an array are wrong. */
export interface WrongElements {
  readonly label: string
  readonly count: number
  readonly of: number
  /** The first of them in the order in which they lie. */
  readonly first: {
    readonly index: readonly number[]
    readonly expected: number
    readonly actual: number
    readonly bound: number
  }
  /** Along each axis, which indices any of them has. */
  readonly along: readonly (readonly number[])[]
}

/** The wrong elements of a comparison; `null` where there are none, or the shape is another. */
export function wrongElementsOf(compared: Compared): WrongElements | null {
  const { label, shape, expected, actual, bounds, actualShape } = compared
  if (shape.join() !== actualShape.join()) return null
  const along = shape.map(() => new Set<number>())
  let count = 0
  let first: WrongElements['first'] | null = null
  for (let position = 0; position < expected.length; position++) {
    const [wanted, given, bound] = [expected[position]!, actual[position]!, bounds[position]!]
    if (!isWrong(wanted, given, bound)) continue
    count++
    const index = indexOf(shape, position)
    first ??= { index, expected: wanted, actual: given, bound }
    for (const [axis, i] of index.entries()) along[axis]!.add(i)
  }
  if (first === null) return null
  const sorted = along.map((indices) => [...indices].sort((a, b) => a - b))
  return { label, count, of: expected.length, first, along: sorted }
}

/** Indices in words, as far as they follow a pattern: `all`, `31`, `0 to 7`, `3 to 63 in steps of 4`; else `null`. */
export function patternOf(indices: readonly number[], size: number): string | null {
  const [first = 0, second = 0] = indices
  if (indices.length === size) return 'all'
  if (indices.length === 1) return String(first)
  const step = second - first
  if (!indices.every((index, i) => index === first + i * step)) return null
  return `${first} to ${indices.at(-1)}${step === 1 ? '' : ` in steps of ${step}`}`
}
