import type {
  pointwiseGradient as gradientSpec,
  groupPointwiseGradient as groupGradientSpec,
  groupPointwise as groupSpec,
  pointwise as spec,
} from '../../spec/efficient/pointwise.ts'
import { build, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

type Three = [number, number, number]
type Four = [number, number, number, number]

/**
 * Pointwise convolution.
 *
 * Formula    y[n,i,j,q] = Σ_k x[n,i,j,k] · P[0,0,k,q]
 * Clauses    efficient.mobilenet.dsc, efficient.shufflenet.group-pointwise
 * Shapes     x: [N, H, W, K], filters: [1, 1, K, Q] → y: [N, H, W, Q]
 * Edges      none
 * Source     Howard et al. (2017), section 3.1
 * Example    one pixel of channels 2, 3, filters 5, 7 → y = 31
 */
export const pointwise: Reference<typeof spec> = (arithmetic, { x, filters }) => {
  const [N, H, W, K] = x.shape as Four
  const Q = filters.shape[3]!
  return {
    y: build([N, H, W, Q], (n, i, j, q) =>
      sumOfProducts(
        arithmetic,
        [K],
        (k) => x.at(n, i, j, k),
        (k) => filters.at(0, 0, k, q),
      ),
    ),
  }
}

/**
 * Gradients of the pointwise convolution.
 *
 * Formula    dx[n,i,j,k] = Σ_q dy[n,i,j,q] · P[0,0,k,q],
 *            dP[0,0,k,q] = Σ_n Σ_i Σ_j x[n,i,j,k] · dy[n,i,j,q]
 * Clauses    efficient.shufflenet.group-pointwise
 * Shapes     as of the convolution, dy: [N, H, W, Q]; each gradient as what it belongs to
 * Edges      none
 * Source     Howard et al. (2017), section 3.1, by the chain rule
 * Example    one pixel of channels 2, 3, filters 5, 7, dy = 1 → dx = 5, 7, dFilters = 2, 3
 */
export const pointwiseGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, filters, dy },
) => {
  const [N, H, W, Q] = dy.shape as Four
  return {
    dx: build(x.shape, (n, i, j, k) =>
      sumOfProducts(
        arithmetic,
        [Q],
        (q) => dy.at(n, i, j, q),
        (q) => filters.at(0, 0, k, q),
      ),
    ),
    dFilters: build(filters.shape, (_u, _v, k, q) =>
      sumOfProducts(
        arithmetic,
        [N, H, W],
        (n, i, j) => x.at(n, i, j, k),
        (n, i, j) => dy.at(n, i, j, q),
      ),
    ),
  }
}

/**
 * Pointwise convolution in groups.
 *
 * Formula    y[n,i,j,rB+b] = Σ_a x[n,i,j,rA+a] · F[r,a,b]
 * Clauses    efficient.shufflenet.group-pointwise, efficient.shufflenet.channel-shuffle
 * Shapes     x: [N, H, W, G A], filters: [G, A, B] → y: [N, H, W, G B]
 * Edges      none
 * Source     Zhang et al. (2018), section 3.1
 * Example    one pixel of channels 1, 2, two groups, all weights 1 → y = 1, 2
 */
export const groupPointwise: Reference<typeof groupSpec> = (arithmetic, { x, filters }) => {
  const [N, H, W] = x.shape as Three
  const [G, A, B] = filters.shape as Three
  return {
    y: build([N, H, W, G * B], (n, i, j, q) => {
      const [r, b] = [Math.floor(q / B), q % B]
      return sumOfProducts(
        arithmetic,
        [A],
        (a) => x.at(n, i, j, r * A + a),
        (a) => filters.at(r, a, b),
      )
    }),
  }
}

/**
 * Gradients of the pointwise convolution in groups.
 *
 * Formula    dx[n,i,j,rA+a] = Σ_b dy[n,i,j,rB+b] · F[r,a,b],
 *            dF[r,a,b] = Σ_n Σ_i Σ_j x[n,i,j,rA+a] · dy[n,i,j,rB+b]
 * Clauses    efficient.shufflenet.group-pointwise
 * Shapes     as of the convolution, dy: [N, H, W, G B]; each gradient as what it belongs to
 * Edges      none
 * Source     Zhang et al. (2018), section 3.1, by the chain rule
 * Example    channels 1, 2, two groups of weight 3, 5, dy = 1, 1 → dx = 3, 5, dFilters = 1, 2
 */
export const groupPointwiseGradient: Reference<typeof groupGradientSpec> = (
  arithmetic,
  { x, filters, dy },
) => {
  const [N, H, W] = x.shape as Three
  const [, A, B] = filters.shape as Three
  return {
    dx: build(x.shape, (n, i, j, c) => {
      const [r, a] = [Math.floor(c / A), c % A]
      return sumOfProducts(
        arithmetic,
        [B],
        (b) => dy.at(n, i, j, r * B + b),
        (b) => filters.at(r, a, b),
      )
    }),
    dFilters: build(filters.shape, (r, a, b) =>
      sumOfProducts(
        arithmetic,
        [N, H, W],
        (n, i, j) => x.at(n, i, j, r * A + a),
        (n, i, j) => dy.at(n, i, j, r * B + b),
      ),
    ),
  }
}
