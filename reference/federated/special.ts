import type {
  roundCosts as costSpec,
  parallelSgd as sgdSpec,
} from '../../spec/federated/special.ts'
import { build, type NumberArray, stacked, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { type Model, summedGradient } from './client-update-model.ts'

/**
 * Parallel SGD.
 *
 * Formula    θ ← θ − η Σ_k (n_k / n) g_k, g_k = (1/B) Σ_(d ∈ B_k) ∇f(θ; d), n = Σ_k n_k; or θ ← Σ_k n_k (θ − η g_k) / n
 * Clauses    federated.special.parallel-sgd
 * Shapes     w: [I, O], b: [O], x: [K, N, I], y: [K, N, O], counts: [K], batches: [T, K, B] → w: [T, I, O], b: [T, O]
 * Edges      a client without points has weight 0; none with points is rejected
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), section 2, FedSGD
 * Example    w = b = 0, two clients with one point each, x = 0, y = 4 and 8, η = ½: b = 3
 */
export const parallelSgd: Reference<typeof sgdSpec> = (arithmetic, inputs, { rate, loss }) => {
  const { anyOf, divide, exact, multiply, subtract, toNumber } = arithmetic
  const { x, y, counts, batches } = inputs
  const [T, K, B] = batches.shape as [number, number, number]
  const [eta, size] = [exact(rate), exact(B)]
  const all = sum(arithmetic, [K], (k) => counts.at(k))

  let model: Model<typeof all> = { w: inputs.w, b: inputs.b }
  const models = Array.from({ length: T }, (_, t) => {
    const theta = model
    const gradients = Array.from({ length: K }, (_, k) => {
      const n = toNumber(counts.at(k))
      if (n === 0) return null
      const drawn = (points: NumberArray<typeof all>) =>
        build([B, points.shape[2]!], (d, i) => points.at(k, toNumber(batches.at(t, k, d)) % n, i))
      return summedGradient(arithmetic, theta, drawn(x), drawn(y), loss)
    })
    const those = gradients.flatMap((g, k) => (g === null ? [] : [{ g, n: counts.at(k) }]))
    const moved = (before: typeof all, gradient: (g: Model<typeof all>) => typeof all) => {
      const own = those.map(({ g, n }) => ({ n, g: divide(gradient(g), size) }))
      const weighted = (each: (g: typeof all) => typeof all) =>
        divide(arithmetic.total(own.map(({ n, g }) => multiply(n, each(g)))), all)
      return anyOf(
        () =>
          subtract(
            before,
            multiply(
              eta,
              weighted((g) => g),
            ),
          ),
        () => weighted((g) => subtract(before, multiply(eta, g))),
      )
    }
    model = {
      w: build(theta.w.shape, (i, o) => moved(theta.w.at(i, o), (g) => g.w.at(i, o))),
      b: build(theta.b.shape, (o) => moved(theta.b.at(o), (g) => g.b.at(o))),
    }
    return model
  })
  return { w: stacked(models.map(({ w }) => w)), b: stacked(models.map(({ b }) => b)) }
}

/**
 * Messages, gradients and rounds of FedAvg.
 *
 * Formula    T = ⌈N / L⌉; 2 m T models are sent, and m L B T gradients computed; 2m a round at the server, 2 at a client
 * Clauses    federated.communication-reduction
 * Shapes     → rounds, messages, gradients: [], load: [2]
 * Edges      no steps: no rounds
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), section 3
 * Example    N = 7, L = 3, m = 2, B = 5 → T = 3, 12 models, 90 gradients, loads 4 and 2
 */
export const roundCosts: Reference<typeof costSpec> = (
  { exact },
  _,
  { participants: m, steps, localSteps: L, batch: B },
) => {
  const T = Math.ceil(steps / L)
  return {
    rounds: build([], () => exact(T)),
    messages: build([], () => exact(2 * m * T)),
    gradients: build([], () => exact(m * L * B * T)),
    load: build([2], (side) => exact([2 * m, 2][side]!)),
  }
}
