import { build, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Argument } from '../engine/property.ts'
import { part, plain } from './arrays.ts'

/** Which step of a sequence is done first. */
export type Way = 'forward' | 'reverse'

export const inWords = (way: Way) => (way === 'forward' ? 'first step first' : 'in reverse')

/** What belongs to one step, as a sequence of that step alone. */
export const ownStep = (array: Argument, t: number) =>
  part(plain(array), array.shape.with(0, 1), [t])

/** The state before each step, of those that were returned and the one before the first that is done. */
export function statesBefore(h: NumberArray<number>, h0: Argument, way: Way): NumberArray<number> {
  const first = way === 'forward' ? 0 : h.shape[0]! - 1
  const back = way === 'forward' ? -1 : 1
  const start = plain(h0)
  return build(h.shape, (t, n, i) => (t === first ? start.at(n, i) : h.at(t + back, n, i)))
}
