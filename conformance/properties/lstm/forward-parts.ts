import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import type { Argument } from '../../engine/property.ts'
import { part, plain } from '../../kit/arrays.ts'

/** Some steps of sequences, from one of them on. */
export const steps = <T>(array: NumberArray<T>, [from, to]: readonly [number, number]) =>
  part(array, array.shape.with(0, to - from), [from])

/** What is given at some steps. */
export const given = (
  { x, padded }: Readonly<Record<'x' | 'padded', Argument>>,
  range: readonly [number, number],
) => ({ x: steps(plain(x), range), padded: steps(plain(padded), range) })

/** The steps that are done first, and those that are done then. */
export function halves(T: number, { direction }: { readonly direction: 'forward' | 'reverse' }) {
  const t = Math.ceil(T / 2)
  const [front, back] = [
    [0, t],
    [t, T],
  ] as const
  return direction === 'forward' ? ([front, back] as const) : ([back, front] as const)
}
