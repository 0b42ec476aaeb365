import type {
  shareCounts as countsSpec,
  expandGradient as gradientSpec,
  expand as spec,
  sharedStep as stepSpec,
} from '../../spec/compression/sharing.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** The connections of each of K values, in their order. */
function groups<T>({ toNumber }: Arithmetic<T>, map: NumberArray<T>, K: number) {
  const members: number[][] = Array.from({ length: K }, () => [])
  map.data.forEach((k, i) => {
    members[toNumber(k)]!.push(i)
  })
  return members
}

/** The sum over the connections of a value. */
function overGroup<T>(arithmetic: Arithmetic<T>, group: readonly number[], d: NumberArray<T>): T {
  return sum(arithmetic, [group.length], (m) => d.at(group[m]!))
}

/**
 * Weights of connections that share values.
 *
 * Formula    y[i] = θ[σ(i)]
 * Clauses    compression.sharing.param-count, compression.sharing.tied-gradient
 * Shapes     theta: [K], map: [P] → y: [P]
 * Edges      a value that no connection has goes nowhere
 * Source     Goodfellow, Bengio, Courville (2016), section 7.9
 * Example    θ = 5, 7, σ = 1, 0, 1 → y = 7, 5, 7
 */
export const expand: Reference<typeof spec> = ({ toNumber }, { theta, map }) => ({
  y: build(map.shape, (i) => theta.at(toNumber(map.at(i)))),
})

/**
 * Gradient by values that connections share.
 *
 * Formula    dθ[k] = Σ_{i: σ(i) = k} dy[i]
 * Clauses    compression.sharing.tied-gradient, compression.sharing.prior-to-training
 * Shapes     map, dy: [P] → dTheta: [K]
 * Edges      a value that no connection has: 0
 * Source     Goodfellow, Bengio, Courville (2016), section 7.9
 * Example    σ = 1, 0, 1, dy = 1, 2, 4 → dθ = 2, 5
 */
export const expandGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { map, dy },
  { values: K },
) => {
  const members = groups(arithmetic, map, K)
  return { dTheta: build([K], (k) => overGroup(arithmetic, members[k]!, dy)) }
}

/**
 * Values that are stored, and zeros among the weights that have them.
 *
 * Formula    connections = P, stored = K, uses[k] = #{i : σ(i) = k}, zeros = Σ_{k: θ[k] = 0} uses[k]
 * Clauses    compression.sharing.param-count
 * Shapes     theta: [K], map: [P] → connections, stored, zeros: [], uses: [K]
 * Edges      a value that no connection has is stored, and makes no zeros
 * Source     Goodfellow, Bengio, Courville (2016), section 7.9
 * Example    θ = 0, 1, σ = 0, 0, 0, 1 → 4, 2, uses 3, 1, zeros 3
 */
export const shareCounts: Reference<typeof countsSpec> = (
  arithmetic,
  { theta, map },
  { values: K },
) => {
  const { exact, toNumber } = arithmetic
  const uses = groups(arithmetic, map, K).map(({ length }) => length)
  const zeros = uses.reduce((count, n, k) => (toNumber(theta.at(k)) === 0 ? count + n : count), 0)
  return {
    connections: build([], () => exact(map.data.length)),
    stored: build([], () => exact(K)),
    uses: build([K], (k) => exact(uses[k]!)),
    zeros: build([], () => exact(zeros)),
  }
}

/**
 * A step of training with shared values.
 *
 * Formula    v′[k] = μ v[k] + Σ_{i: σ(i) = k} g[i] + λ θ[k], θ′ = θ − η v′, w′[i] = θ′[σ(i)]
 * Clauses    compression.sharing.prior-to-training
 * Shapes     theta, velocity: [K], map, gradient: [P] → theta, velocity: [K], weights: [P]
 * Edges      a value that no connection has moves by its velocity and its decay
 * Source     Goodfellow, Bengio, Courville (2016), section 7.9
 * Example    θ = 5, 7, v = 0, 0, σ = 1, 0, 1, g = 1, 2, 4, η = 1, μ = λ = 0 → θ′ = 3, 2, v′ = 2, 5, w′ = 2, 3, 2
 */
export const sharedStep: Reference<typeof stepSpec> = (
  arithmetic,
  { theta, velocity, map, gradient },
  { values: K, rate, momentum, decay },
) => {
  const { add, anyOf, exact, multiply, subtract, toNumber } = arithmetic
  const [eta, mu, lambda] = [exact(rate), exact(momentum), exact(decay)]
  const members = groups(arithmetic, map, K)
  const pushed = build([K], (k) =>
    add(multiply(mu, velocity.at(k)), overGroup(arithmetic, members[k]!, gradient)),
  )
  const v = build([K], (k) => add(pushed.at(k), multiply(lambda, theta.at(k))))
  const moved = build([K], (k) =>
    anyOf(
      () => subtract(theta.at(k), multiply(eta, v.at(k))),
      () =>
        subtract(
          multiply(subtract(exact(1), multiply(eta, lambda)), theta.at(k)),
          multiply(eta, pushed.at(k)),
        ),
    ),
  )
  return {
    theta: moved,
    velocity: v,
    weights: build(map.shape, (i) => moved.at(toNumber(map.at(i)))),
  }
}
