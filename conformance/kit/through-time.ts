import { build, fromData, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Argument } from '../engine/property.ts'
import { part, plain } from './arrays.ts'

/** Which step of a sequence is done first. */
export type Way = 'forward' | 'reverse'

export const inWords = (way: Way) => (way === 'forward' ? 'first step first' : 'in reverse')

export const opposite = (way: Way): Way => (way === 'forward' ? 'reverse' : 'forward')

/** What belongs to one step, as a sequence of that step alone. */
export const ownStep = (array: Argument, t: number, axis = 0) =>
  part(plain(array), array.shape.with(axis, 1), [...zerosBefore(axis), t])

const zerosBefore = (axis: number) => Array.from({ length: axis }, () => 0)

/** All steps of all sequences, as sequences of a single step each. */
export function asSamples(array: Argument, axis = 0): NumberArray<number> {
  const { shape, data } = plain(array)
  return fromData(shape.with(axis, 1).with(axis + 1, shape[axis]! * shape[axis + 1]!), data)
}

/** The state before each step, of those that were returned and the one before the first that is done. */
export function statesBefore(
  h: NumberArray<number>,
  h0: Argument,
  way: Way,
  axis = 0,
): NumberArray<number> {
  const first = way === 'forward' ? 0 : h.shape[axis]! - 1
  const back = way === 'forward' ? -1 : 1
  const start = plain(h0)
  return build(h.shape, (...at) => {
    const t = at[axis]!
    return t === first ? start.at(...at.toSpliced(axis, 1)) : h.at(...at.with(axis, t + back))
  })
}
