import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { elementwise, type NumberArray } from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'

/** The parameters of a generator, or what is to be added to them. */
export interface Generator<T> {
  readonly generatorHidden: NumberArray<T>
  readonly generatorHiddenBias: NumberArray<T>
  readonly generatorOutput: NumberArray<T>
  readonly generatorOutputBias: NumberArray<T>
}

/**
 * Forward pass of a generator.
 *
 * Formula    h = tanh(z U + a), x = h V + c
 * Shapes     z: [M, Z], U: [Z, Hg], a: [Hg], V: [Hg, X], c: [X] → h: [M, Hg], x: [M, X]
 * Edges      none
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), section 3
 */
export function generated<T>(arithmetic: Arithmetic<T>, G: Generator<T>, z: NumberArray<T>) {
  const h = elementwise(
    dense(arithmetic, z, G.generatorHidden, G.generatorHiddenBias),
    arithmetic.tanh,
  )
  return { h, x: dense(arithmetic, h, G.generatorOutput, G.generatorOutputBias) }
}
