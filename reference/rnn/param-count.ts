import type { parameterCount as spec } from '../../spec/rnn/param-count.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Parameters of a recurrent network.
 *
 * Formula    into = H I, between = H H, out = O H, biases = H + O or 0, shared the sum of them, unshared = T shared
 * Clauses    rnn.param-count.length-independent
 * Shapes     → into, between, out, biases, shared, unshared: []
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 10.1
 * Example    I = 2, H = 3, O = 4, T = 5 with biases → 6, 9, 12, 7, 34, 170
 */
export const parameterCount: Reference<typeof spec> = (
  arithmetic,
  _,
  { inputs: I, units: H, outputs: O, steps: T, biases },
) => {
  const { exact, multiply, total } = arithmetic
  const [into, between, out] = [
    product(arithmetic, H, I),
    product(arithmetic, H, H),
    product(arithmetic, O, H),
  ]
  const added = exact(biases ? H + O : 0)
  const shared = total([into, between, out, added])
  return {
    into: build([], () => into),
    between: build([], () => between),
    out: build([], () => out),
    biases: build([], () => added),
    shared: build([], () => shared),
    unshared: build([], () => multiply(exact(T), shared)),
  }
}
