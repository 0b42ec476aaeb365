import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'

/** One generated input of a property: everything that an implementation is given. */
export interface Case {
  readonly sizes: Sizes
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly parameters: Parameters
  /** How its arrays were drawn, if they were drawn alike. */
  readonly distribution?: string
}

/**
 * How the elements of the arrays of a property are drawn.
 * `integers`: small whole numbers only, on which every sum is exact in any order.
 * `reals`: every distribution, from small integers to cancelling pairs and wide ranges.
 */
export type Values = 'integers' | 'reals'

/** How the elements of one array are drawn: as a distribution says, times a power of two. */
export interface Drawn {
  readonly distribution: string
  readonly exponent: number
}

/**
 * The few numbers from which a case is made again at any time: sizes and parameters, the name of a
 * distribution and a seed. Shrinking works on these; the arrays are filled only when needed.
 */
export interface Recipe {
  readonly sizes: Sizes
  readonly parameters: Parameters
  readonly distribution: string
  /** Arrays with a distribution of their own. */
  readonly arrays?: Readonly<Record<string, Drawn>>
  /** Whether some elements are made equal to others, or as far from them as a parameter says. */
  readonly equalities?: boolean
  /** Arrays that are left out. */
  readonly absent?: readonly string[]
  readonly seed: number
}

/** How many elements all arrays of a case have. */
export function elementsOf({
  inputs,
}: {
  readonly inputs: Readonly<Record<string, { readonly shape: readonly number[] }>>
}): number {
  return Object.values(inputs).reduce((sum, { shape }) => sum + elements(shape), 0)
}
