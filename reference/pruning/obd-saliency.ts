import type {
  deletionCost as costSpec,
  saliencies as spec,
} from '../../spec/pruning/obd-saliency.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** ½ h u². */
export function saliencyOf<T>({ anyOf, exact, multiply }: Arithmetic<T>, h: T, u: T): T {
  const half = exact(0.5)
  return anyOf(
    () => multiply(multiply(half, h), multiply(u, u)),
    () => multiply(multiply(half, u), multiply(h, u)),
  )
}

/**
 * Saliencies of parameters by their second derivatives.
 *
 * Formula    s[k] = ½ h[k] u[k]²
 * Clauses    pruning.obd.saliency
 * Shapes     curvature, weights: [P] → saliencies: [P]
 * Edges      a negative second derivative gives a negative saliency
 * Source     LeCun, Denker, Solla (1990), section 2, step 4 of the recipe
 * Example    h = 4, 2, u = 3, -1 → s = 18, 1
 */
export const saliencies: Reference<typeof spec> = (arithmetic, { curvature, weights }) => ({
  saliencies: build(weights.shape, (k) => saliencyOf(arithmetic, curvature.at(k), weights.at(k))),
})

/**
 * Rise of a quadratic loss by the deletion of weights, beside saliencies.
 *
 * Formula    predicted = Σ_k ½ H[k,k] u[k]², mixed = ½ Σ_i Σ_{j≠i} H[i,j] u[i] u[j], actual = their sum,
 *            over the weights with m = 0
 * Clauses    pruning.obd.saliency-is-loss-change
 * Shapes     matrix: [P, P], weights, mask: [P] → predicted, mixed, actual: []
 * Edges      nothing deleted costs nothing
 * Source     LeCun, Denker, Solla (1990), equation 1
 * Example    H = 4, 3 | 3, 4, u = 1, -1, m = 0, 0 → predicted = 4, mixed = -3, actual = 1
 */
export const deletionCost: Reference<typeof costSpec> = (arithmetic, { matrix, weights, mask }) => {
  const { anyOf, exact, multiply, toNumber } = arithmetic
  const [P] = weights.shape as [number]
  const Z = Array.from({ length: P }, (_, k) => k).filter((k) => toNumber(mask.at(k)) === 0)
  const u = (k: number) => weights.at(Z[k]!)
  const half = exact(0.5)
  const over = (isMeant: (i: number, j: number) => boolean) =>
    sum(arithmetic, [Z.length, Z.length], (i, j) =>
      isMeant(i, j)
        ? multiply(multiply(half, matrix.at(Z[i]!, Z[j]!)), multiply(u(i), u(j)))
        : exact(0),
    )
  /**
   * By the product of the whole matrix with what is deleted, 0 for all else, which may be beyond the format in rows of
   * what is not.
   */
  const byRows = (isMeant: (i: number, j: number) => boolean) => {
    const deleted = (k: number) => (Z.includes(k) ? weights.at(k) : exact(0))
    const row = (i: number) =>
      sum(arithmetic, [P], (j) =>
        isMeant(i, j) ? multiply(matrix.at(i, j), deleted(j)) : exact(0),
      )
    return multiply(
      half,
      sum(arithmetic, [P], (i) => multiply(deleted(i), row(i))),
    )
  }
  const eitherWay = (isMeant: (i: number, j: number) => boolean) =>
    build([], () =>
      anyOf(
        () => over(isMeant),
        () => byRows(isMeant),
      ),
    )
  return {
    predicted: build([], () =>
      sum(arithmetic, [Z.length], (k) => saliencyOf(arithmetic, matrix.at(Z[k]!, Z[k]!), u(k))),
    ),
    mixed: eitherWay((i, j) => i !== j),
    actual: eitherWay(() => true),
  }
}
