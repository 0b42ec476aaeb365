import type {
  maskedDenseGradient as gradientSpec,
  maskedDense as spec,
} from '../../spec/pruning/connection.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'

/** The numbers where the mask has a 1, and 0 where it has a 0. */
export function keep<T>(
  { exact, toNumber }: Arithmetic<T>,
  mask: NumberArray<T>,
  values: NumberArray<T>,
): NumberArray<T> {
  return build(values.shape, (...at) =>
    toNumber(mask.at(...at)) === 1 ? values.at(...at) : exact(0),
  )
}

/**
 * Fully connected layer without some of its connections.
 *
 * Formula    W′ = W where m = 1, else 0; y[n,j] = b[j] + Σ_i x[n,i] W′[i,j]
 * Clauses    pruning.connection
 * Shapes     x: [N, D], weights, mask: [D, M], bias: [M] → pruned: [D, M], y: [N, M]
 * Edges      a removed weight that is NaN or infinite counts as 0, too
 * Source     Han, Pool, Tran, Dally (2015), section 3
 * Example    x = 1, 2, W = 3 | 4, mask = 1 | 0, b = 5 → pruned = 3 | 0, y = 8
 */
export const maskedDense: Reference<typeof spec> = (arithmetic, { x, weights, mask, bias }) => {
  const pruned = keep(arithmetic, mask, weights)
  return { pruned, y: dense(arithmetic, x, pruned, bias) }
}

/**
 * Gradients of a fully connected layer without some of its connections.
 *
 * Formula    dx = dy W′ᵀ, dW = m ⊙ (xᵀ dy), db[j] = Σ_n dy[n,j]
 * Clauses    pruning.connection
 * Shapes     x: [N, D], weights, mask: [D, M], dy: [N, M] → dx: [N, D], dWeights: [D, M], dBias: [M]
 * Edges      of a removed weight the derivative is 0, whatever the other numbers are
 * Source     by differentiation
 * Example    x = 1, 2, W = 3 | 4, mask = 1 | 0, dy = 5 → dx = 15, 0, dW = 5 | 0, db = 5
 */
export const maskedDenseGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, weights, mask, dy },
) => ({
  dx: denseInputGradient(arithmetic, keep(arithmetic, mask, weights), dy),
  dWeights: keep(arithmetic, mask, denseWeightGradient(arithmetic, x, dy)),
  dBias: build([dy.shape[1]!], (j) => sum(arithmetic, [dy.shape[0]!], (n) => dy.at(n, j))),
})
