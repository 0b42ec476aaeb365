import type { pathLengths as spec } from '../../spec/rnn/depth.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Lengths of paths through a deep recurrent network.
 *
 * Formula    next = d, or 1 past its layers; from the first input to the last output a + (T − 1) next + e
 * Clauses    rnn.depth.placements
 * Shapes     → nextLongest, nextShortest, longest, shortest: []
 * Edges      one step: a + e
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3
 * Example    T = 4, a = 1, d = 2, e = 3 with a skip connection → 2, 1, 1 + 3 · 2 + 3 = 10, 1 + 3 + 3 = 7
 */
export const pathLengths: Reference<typeof spec> = (
  arithmetic,
  _,
  { steps: T, into: a, between: d, out: e, skip },
) => {
  const { exact, total } = arithmetic
  const past = skip ? 1 : d
  const through = (next: number) => total([exact(a), product(arithmetic, T - 1, next), exact(e)])
  return {
    nextLongest: build([], () => exact(d)),
    nextShortest: build([], () => exact(past)),
    longest: build([], () => through(d)),
    shortest: build([], () => through(past)),
  }
}
