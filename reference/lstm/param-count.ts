import type { parameterCount as spec } from '../../spec/lstm/param-count.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/** β of each choice. */
const numbers = { none: 0, one: 1, two: 2 } as const

/**
 * Parameters of a long short-term memory.
 *
 * Formula    G = 4, or 3 where the forget gate is 1 − i; into = G H I, between = G H H,
 *            peepholes = (G − 1) H or 0, biases = β G H, all the sum of them
 * Clauses    lstm.param-count.variants
 * Shapes     → each []
 * Edges      none
 * Source     Greff et al. (2017), section II
 * Example    I = 2, H = 3, one bias, peepholes → 24, 36, 9, 12, 81
 */
export const parameterCount: Reference<typeof spec> = (
  arithmetic,
  _,
  { inputs: I, units: H, biases, peepholes, coupled },
) => {
  const { exact, total } = arithmetic
  const G = coupled ? 3 : 4
  const beta = numbers[biases]
  const into = product(arithmetic, G, H, I)
  const between = product(arithmetic, G, H, H)
  const ownCells = peepholes ? product(arithmetic, G - 1, H) : exact(0)
  const added = product(arithmetic, beta, G, H)
  return {
    into: build([], () => into),
    between: build([], () => between),
    peepholes: build([], () => ownCells),
    biases: build([], () => added),
    all: build([], () => total([into, between, ownCells, added])),
  }
}
