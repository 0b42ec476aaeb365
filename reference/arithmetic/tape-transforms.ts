import type { Transforms } from './arithmetic.ts'
import { type LocalErrors, normOf } from './local-error.ts'
import type { Propagation } from './tape-propagation.ts'
import { Taped } from './tape-value.ts'

/** Convolutions by transforms of numbers on a tape: their error is one more of each response. */
export function tapeTransforms({ off }: Propagation, errors: LocalErrors): Transforms<Taped> {
  return {
    norm: (numbers) => {
      const magnitudes: number[] = []
      for (const x of numbers) magnitudes.push(Math.abs(x.value) + off(x))
      return normOf(magnitudes)
    },
    widen: ({ value, node, slope, own, magnitude, spread, terms }, norms, size) => {
      const wide = errors.transformed(norms, size)
      const count = Math.max(terms, 1)
      return new Taped(value, node, slope, own + wide, magnitude, spread + wide, count, false)
    },
  }
}
