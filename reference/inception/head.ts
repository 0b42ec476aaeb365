import type {
  headCounts as countsSpec,
  flatHead as flatSpec,
  pooledHeadGradient as gradientSpec,
  pooledHead as spec,
} from '../../spec/inception/head.ts'
import { anyOf, mean } from '../arithmetic/any-of.ts'
import { build, fromData, sum } from '../arithmetic/array.ts'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { globalAverage } from '../layers/global-average.ts'
import type { Reference } from '../reference.ts'

type Four = [number, number, number, number]

/**
 * Classifier on the means of the channels.
 *
 * Formula    z[n,c] = b[c] + Σ_k (Σ_i Σ_j x[n,i,j,k] / (H W)) V[k,c]
 * Clauses    inception.head.param-saving
 * Shapes     x: [N, H, W, K], weights: [K, C], bias: [C] → z: [N, C]
 * Edges      one pixel is its own mean
 * Source     Lin, Chen, Yan (2014), section 3.2; Szegedy et al. (2015), section 5
 * Example    x = 1, 3 in one channel, V = 5, b = 1 → z = 11
 */
export const pooledHead: Reference<typeof spec> = (arithmetic, { x, weights, bias }) => {
  const { add, divide, exact, multiply } = arithmetic
  const [N, H, W, K] = x.shape as Four
  const scores = [N, bias.shape[0]!]
  const z = anyOf(
    arithmetic,
    () => dense(arithmetic, globalAverage(arithmetic, x), weights, bias),
    // Every pixel weighed before they are added.
    () =>
      build(scores, (n, c) => {
        const share = (i: number, j: number, k: number) =>
          divide(multiply(x.at(n, i, j, k), weights.at(k, c)), exact(H * W))
        return add(bias.at(c), sum(arithmetic, [H, W, K], share))
      }),
    // The scores of every pixel, and their mean.
    () =>
      build(scores, (n, c) =>
        mean(arithmetic, [H, W], (i, j) => {
          const score = sum(arithmetic, [K], (k) => multiply(x.at(n, i, j, k), weights.at(k, c)))
          return add(bias.at(c), score)
        }),
      ),
  )
  return { z }
}

/**
 * Gradients of the classifier on the means of the channels.
 *
 * Formula    dx[n,i,j,k] = Σ_c dz[n,c] V[k,c] / (H W), dWeights[k,c] = Σ_n mean[n,k] dz[n,c],
 *            dBias[c] = Σ_n dz[n,c]
 * Clauses    inception.head.param-saving
 * Shapes     as of the classifier, dz: [N, C]; each gradient as what it belongs to
 * Edges      every pixel of a channel gets the same
 * Source     Lin, Chen, Yan (2014), section 3.2, by the chain rule
 * Example    x = 1, 3 in one channel, V = 5, dz = 1 → dx = 2.5, 2.5, dWeights = 2, dBias = 1
 */
export const pooledHeadGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, weights, dz },
) => {
  const { divide, exact, multiply } = arithmetic
  const [N, H, W, K] = x.shape as Four
  const C = dz.shape[1]!
  const pixels = exact(H * W)
  const perChannel = denseInputGradient(arithmetic, weights, dz)
  const share = anyOf(
    arithmetic,
    () => build([N, K], (n, k) => divide(perChannel.at(n, k), pixels)),
    () =>
      build([N, K], (n, k) =>
        sum(arithmetic, [C], (c) => divide(multiply(dz.at(n, c), weights.at(k, c)), pixels)),
      ),
  )
  return {
    dx: build(x.shape, (n, _i, _j, k) => share.at(n, k)),
    dWeights: anyOf(
      arithmetic,
      () => denseWeightGradient(arithmetic, globalAverage(arithmetic, x), dz),
      () =>
        build([K, C], (k, c) =>
          sum(arithmetic, [N, H, W], (n, i, j) =>
            divide(multiply(x.at(n, i, j, k), dz.at(n, c)), pixels),
          ),
        ),
    ),
    dBias: biasGradient(arithmetic, dz),
  }
}

/**
 * Classifier on all pixels.
 *
 * Formula    z[n,c] = b[c] + Σ_i Σ_j Σ_k x[n,i,j,k] V[i,j,k,c]
 * Clauses    inception.head.param-saving
 * Shapes     x: [N, H, W, K], weights: [H, W, K, C], bias: [C] → z: [N, C]
 * Edges      none
 * Source     definition of a linear layer on a flattened array
 * Example    x = 1, 3 in one channel, V = 5, 7, b = 1 → z = 27
 */
export const flatHead: Reference<typeof flatSpec> = (arithmetic, { x, weights, bias }) => {
  const { add, multiply } = arithmetic
  const [N, H, W, K] = x.shape as Four
  const z = build([N, bias.shape[0]!], (n, c) =>
    add(
      bias.at(c),
      sum(arithmetic, [H, W, K], (i, j, k) => multiply(x.at(n, i, j, k), weights.at(i, j, k, c))),
    ),
  )
  return { z }
}

/**
 * Parameters of a classifier on means and of one on all pixels.
 *
 * Formula    [K C + C, H W K C + C]
 * Clauses    inception.head.param-saving
 * Shapes     → parameters: [2]
 * Edges      one pixel: both the same
 * Source     Szegedy et al. (2015), section 5, by counting
 * Example    7, 7, 1024, 1000 → 1 025 000, 50 177 000
 */
export const headCounts: Reference<typeof countsSpec> = (
  { add, exact, multiply },
  _,
  { rows, columns, channels, classes },
) => {
  const [K, C, pixels] = [exact(channels), exact(classes), multiply(exact(rows), exact(columns))]
  const weights = multiply(K, C)
  return { parameters: fromData([2], [add(weights, C), add(multiply(pixels, weights), C)]) }
}
