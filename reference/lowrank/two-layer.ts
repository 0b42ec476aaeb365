import type { twoLayersCost as costSpec, twoLayers as spec } from '../../spec/lowrank/two-layer.ts'
import { anyOf } from '../arithmetic/any-of.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import { dense } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'

/**
 * Fully connected layer by its factors.
 *
 * Formula    y[n,j] = b[j] + Σ_l h[n,l] right[j,l], h[n,l] = Σ_i x[n,i] left[i,l],
 *            where S stands between them, or left[i,l] = U[i,l] S[l], or right[j,l] = S[l] V[j,l]
 * Clauses    lowrank.two-layer
 * Shapes     x: [N, H], U: [H, R], S: [R], V: [W, R], bias: [W] → y: [N, W]
 * Edges      the matrix Σ_l U[i,l] S[l] V[j,l] may be made first: its sums have other rounding errors
 * Source     Denton et al. (2014), section 3.2.1
 * Example    x = [[1, 2]], U = [[1], [1]], S = 2, V = [[3], [4]], bias = [1, 0] → y = [[19, 24]]
 */
export const twoLayers: Reference<typeof spec> = (
  arithmetic,
  { x, U, S, V, bias },
  { absorbed },
  note,
) => {
  const { add, multiply } = arithmetic
  const scaled = (vectors: typeof U) =>
    build(vectors.shape, (i, l) => multiply(vectors.at(i, l), S.at(l)))
  const left = absorbed === 'left' ? scaled(U) : U
  const right = absorbed === 'right' ? scaled(V) : V

  const before = dense(arithmetic, x, left, null)
  const h = absorbed === 'neither' ? scaled(before) : before
  note?.('between the layers', h)
  const R = S.shape[0]!
  const byLayers = () =>
    build([x.shape[0]!, V.shape[0]!], (n, j) => {
      const weighted = sumOfProducts(
        arithmetic,
        [R],
        (l) => h.at(n, l),
        (l) => right.at(j, l),
      )
      return add(bias.at(j), weighted)
    })
  const matrix = () =>
    build([U.shape[0]!, V.shape[0]!], (i, j) =>
      sum(arithmetic, [R], (l) => multiply(multiply(U.at(i, l), S.at(l)), V.at(j, l))),
    )
  return { y: anyOf(arithmetic, byLayers, () => dense(arithmetic, x, matrix(), bias)) }
}

/**
 * Multiply-adds of a fully connected layer and of the two in its place.
 *
 * Formula    whole = N m k, factors = N (m t + t + t k), absorbed = N t (m + k),
 *            most = ⌈m k / (m + k)⌉ − 1
 * Clauses    lowrank.two-layer
 * Shapes     → whole: [], factors: [], absorbed: [], most: []
 * Edges      where one value is too many already, most is 0
 * Source     Denton et al. (2014), section 3.2.1
 * Example    N = 2, m = 4, k = 4, t = 1 → 32, 18, 16, most 1
 */
export const twoLayersCost: Reference<typeof costSpec> = (
  arithmetic,
  _,
  { samples: N, rows: m, columns: k, kept: t },
) => {
  const { exact, total } = arithmetic
  const [left, right] = [product(arithmetic, N, m, t), product(arithmetic, N, t, k)]
  const most = Math.ceil((m * k) / (m + k)) - 1
  return {
    whole: build([], () => product(arithmetic, N, m, k)),
    factors: build([], () => total([left, product(arithmetic, N, t), right])),
    absorbed: build([], () => total([left, right])),
    most: build([], () => exact(most)),
  }
}
