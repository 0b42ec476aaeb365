import type {
  localFixedPoint as pointSpec,
  quadraticRounds as roundsSpec,
  quadraticOptima as spec,
} from '../../spec/federated/quadratics.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** Σ_k p_k c_k / Σ_k p_k, divided at the end or with the shares p_k / Σ_k p_k first. */
function weightedMean<T>(
  arithmetic: Arithmetic<T>,
  K: number,
  p: (k: number) => T,
  c: (k: number) => T,
): T {
  const shares = shareOf(arithmetic, K, p)
  return arithmetic.anyOf(
    () => mean(arithmetic, K, p, c),
    () => sumOfProducts(arithmetic, [K], shares, c),
  )
}

/** p_k / Σ_k p_k */
function shareOf<T>(arithmetic: Arithmetic<T>, K: number, p: (k: number) => T) {
  const all = sum(arithmetic, [K], p)
  return (k: number) => arithmetic.divide(p(k), all)
}

/** Σ_k w_k c_k / Σ_k w_k */
function mean<T>(
  arithmetic: Arithmetic<T>,
  K: number,
  w: (k: number) => T,
  c: (k: number) => T,
): T {
  return arithmetic.divide(sumOfProducts(arithmetic, [K], w, c), sum(arithmetic, [K], w))
}

/**
 * Minimum of the mean of quadratic losses, and mean of their minima.
 *
 * Formula    optimum = Σ_k p_k h_k c_k / Σ_k p_k h_k, average = Σ_k p_k c_k / Σ_k p_k, along each parameter
 * Clauses    federated.solution-is-not-average-of-optima
 * Shapes     h, c: [K, P], weights: [K] → optimum, average: [P]
 * Edges      one client: its minimum
 * Source     by differentiation of Σ_k p_k h_k (θ − c_k)² / 2
 * Example    h = 9, 1, c = 0, 1, p = 1, 1 → optimum 1/10, average 1/2
 */
export const quadraticOptima: Reference<typeof spec> = (arithmetic, { h, c, weights }) => {
  const [K, P] = h.shape as [number, number]
  const p = (k: number) => weights.at(k)
  const shares = shareOf(arithmetic, K, p)
  const least = (weight: typeof p, i: number) =>
    mean(
      arithmetic,
      K,
      (k) => arithmetic.multiply(weight(k), h.at(k, i)),
      (k) => c.at(k, i),
    )
  return {
    optimum: build([P], (i) =>
      arithmetic.anyOf(
        () => least(p, i),
        () => least(shares, i),
      ),
    ),
    average: build([P], (i) => weightedMean(arithmetic, K, p, (k) => c.at(k, i))),
  }
}

/**
 * FedAvg of all clients on quadratic losses.
 *
 * Formula    θ_k ← θ, then L times θ_k ← θ_k − η h_k (θ_k − c_k); θ ← Σ_k p_k θ_k / Σ_k p_k, in every round
 * Clauses    federated.convergence.iid, federated.convergence.noniid-bias
 * Shapes     h, c: [K, P], weights: [K], start: [P] → trajectory: [T, P]
 * Edges      no rate: the start all along
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1
 * Example    h = 1, c = 8, start 0, η = ½, L = 2, one client: 6, 7.5
 */
export const quadraticRounds: Reference<typeof roundsSpec> = (
  arithmetic,
  { h, c, weights, start },
  { rate, localSteps, rounds },
) => {
  const { exact, multiply, subtract } = arithmetic
  const [K, P] = h.shape as [number, number]
  const eta = exact(rate)
  const local = (theta: NumberArray<typeof eta>, k: number, i: number) => {
    let own = theta.at(i)
    for (let l = 0; l < localSteps; l++) {
      own = subtract(own, multiply(multiply(eta, h.at(k, i)), subtract(own, c.at(k, i))))
    }
    return own
  }
  let theta = start
  const after = Array.from({ length: rounds }, () => {
    const before = theta
    theta = build([P], (i) =>
      weightedMean(
        arithmetic,
        K,
        (k) => weights.at(k),
        (k) => local(before, k, i),
      ),
    )
    return theta
  })
  return { trajectory: stacked(after) }
}

/**
 * Fixed point of rounds of local steps on quadratic losses.
 *
 * Formula    Σ_k p_k (1 − a_k) c_k / Σ_k p_k (1 − a_k), a_k = (1 − η h_k)^L
 * Clauses    federated.convergence.noniid-bias
 * Shapes     h, c: [K, P], weights: [K] → point: [P]
 * Edges      one local step: the minimum of the mean loss; one client: its minimum
 * Source     by solving θ = Σ_k p_k (c_k + a_k (θ − c_k)) / Σ_k p_k
 * Example    h = 1, ½, c = 0, 1, p = 1, 1, η = 1, L = 2 → a = 0, ¼: point 3/7
 */
export const localFixedPoint: Reference<typeof pointSpec> = (
  arithmetic,
  { h, c, weights },
  { rate, localSteps },
) => {
  const { exact, multiply, subtract } = arithmetic
  const [K, P] = h.shape as [number, number]
  const [eta, one] = [exact(rate), exact(1)]
  const moved = build([K, P], (k, i) => {
    const factor = subtract(one, multiply(eta, h.at(k, i)))
    let a = factor
    for (let l = 1; l < localSteps; l++) a = multiply(a, factor)
    return multiply(weights.at(k), subtract(one, a))
  })
  return {
    point: build([P], (i) =>
      mean(
        arithmetic,
        K,
        (k) => moved.at(k, i),
        (k) => c.at(k, i),
      ),
    ),
  }
}
