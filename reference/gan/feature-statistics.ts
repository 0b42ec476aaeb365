import type { featureStatistics as spec } from '../../spec/gan/feature-statistics.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, memberOf, type NumberArray, stacked, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Distance of the statistics of features in several layers.
 *
 * Formula    μ[l] = mean_n x[l,n], A = x − μ for covariances, or x for Gram matrices, Σ[l] = AᵀA / ν with ν = N or
 *            N − 1, of each set; distances[l] = m + f, m, f with m = ‖μ_r − μ_g‖², f = ‖Σ_r − Σ_g‖_F²; the last row
 *            is their sum over l
 * Clauses    gan.eval.feature-statistics
 * Shapes     real: [L, R, D], generated: [L, S, D] → means: [2, L, D], matrices: [2, L, D, D], distances: [L + 1, 3]
 * Edges      the covariance of one sample is 0
 * Source     Gatys, Ecker, Bethge (2015), equations 3 to 5; Sun, Saenko (2016), equations 1 to 3
 * Example    one layer, samples 1, −1 and 5, 1, covariances by N → distances = 18, 9, 9 twice
 */
export const featureStatistics: Reference<typeof spec> = (
  arithmetic,
  { real, generated },
  { matrix, divisor },
) => {
  const means = [meansOf(arithmetic, real), meansOf(arithmetic, generated)] as const
  const matrixOf = (x: typeof real, mu: typeof real) => {
    const away = matrix === 'gram' ? x : less(arithmetic, x, mu)
    return productsOf(arithmetic, away, x.shape[1]! - (divisor === 'N' ? 0 : 1))
  }
  const matrices = [matrixOf(real, means[0]), matrixOf(generated, means[1])] as const
  return {
    means: stacked(means),
    matrices: stacked(matrices),
    distances: distancesOf(arithmetic, means, matrices),
  }
}

type Pair<T> = readonly [real: NumberArray<T>, generated: NumberArray<T>]

/** The squared distances of each layer and of all: of means and matrices together, of means, of matrices. */
function distancesOf<T>(arithmetic: Arithmetic<T>, means: Pair<T>, matrices: Pair<T>) {
  const { add } = arithmetic
  const L = means[0].shape[0]!
  const ofLayers = (x: Pair<T>) =>
    build([L], (l) => squaredDistance(arithmetic, memberOf(x[0], l), memberOf(x[1], l)))
  const parts = [means, matrices].map((x) => {
    const layers = ofLayers(x)
    return [...layers.data, sum(arithmetic, [L], (l) => layers.at(l))]
  })
  const rows = Array.from({ length: L + 1 }, (_, row) => parts.map((part) => part[row]!))
  return fromData(
    [L + 1, 3],
    rows.flatMap(([ofMeans, ofMatrices]) => [add(ofMeans!, ofMatrices!), ofMeans!, ofMatrices!]),
  )
}

/** The mean of each feature of each layer. */
function meansOf<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>): NumberArray<T> {
  const [L, N, D] = x.shape as [number, number, number]
  return build([L, D], (l, d) => mean(arithmetic, [N], (n) => x.at(l, n, d)))
}

/** Activations less the means of their features. */
function less<T>({ subtract }: Arithmetic<T>, x: NumberArray<T>, mu: NumberArray<T>) {
  return build(x.shape, (l, n, d) => subtract(x.at(l, n, d), mu.at(l, d)))
}

/** AᵀA / ν of each layer. */
function productsOf<T>(arithmetic: Arithmetic<T>, A: NumberArray<T>, nu: number): NumberArray<T> {
  const { anyOf, divide, exact, multiply } = arithmetic
  const [L, N, D] = A.shape as [number, number, number]
  const count = exact(nu)
  return build([L, D, D], (l, i, j) => {
    const total = sum(arithmetic, [N], (n) => multiply(A.at(l, n, i), A.at(l, n, j)))
    // Either is in use.
    return anyOf(
      () => divide(total, count),
      () => multiply(total, divide(exact(1), count)),
    )
  })
}

/** The sum of the squares of all differences. */
function squaredDistance<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>): T {
  const { multiply, subtract } = arithmetic
  const apart = build(x.shape, (...at) => subtract(x.at(...at), y.at(...at)))
  return sum(arithmetic, x.shape, (...at) => multiply(apart.at(...at), apart.at(...at)))
}
