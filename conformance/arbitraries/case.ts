import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'

/** One generated input of a property: everything that an implementation is given. */
export interface Case {
  readonly sizes: Sizes
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly parameters: Parameters
}

/**
 * How the elements of the arrays of a property are drawn.
 * `integers`: small whole numbers only, on which every sum is exact in any order.
 * `reals`: every distribution, from small integers to cancelling pairs and wide ranges.
 */
export type Values = 'integers' | 'reals'

/**
 * The few numbers from which a case is made again at any time: sizes and parameters, the name of a
 * distribution and a seed. Shrinking works on these; the arrays are filled only when needed.
 */
export interface Recipe {
  readonly sizes: Sizes
  readonly parameters: Parameters
  readonly distribution: string
  readonly seed: number
}
