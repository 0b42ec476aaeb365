import type {
  trainingGradient as gradientSpec,
  inference as inferenceSpec,
  trainingLoss as lossSpec,
  totalLoss as totalSpec,
} from '../../spec/inception/auxiliary.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

type Activation = 'linear' | 'tanh'

/** The product of a matrix with the matrix of one stage: Σ_k x[n,k] w[s,k,j]. */
function times<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  w: NumberArray<T>,
  stage: number,
): NumberArray<T> {
  const [N, K] = x.shape as [number, number]
  return build([N, w.shape[2]!], (n, j) =>
    sum(arithmetic, [K], (k) => arithmetic.multiply(x.at(n, k), w.at(stage, k, j))),
  )
}

/** h₀ = x, h_s = ψ(h_{s−1} W_s). */
function passTrunk<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  trunk: NumberArray<T>,
  activation: Activation,
): NumberArray<T>[] {
  const features = [x]
  for (let s = 0; s < 3; s++) {
    const response = times(arithmetic, features[s]!, trunk, s)
    features.push(
      activation === 'tanh'
        ? build(response.shape, (...at) => arithmetic.tanh(response.at(...at)))
        : response,
    )
  }
  return features
}

/** What a classifier gives less what it should. */
function misses<T>(
  arithmetic: Arithmetic<T>,
  h: NumberArray<T>,
  heads: NumberArray<T>,
  targets: NumberArray<T>,
  stage: number,
): NumberArray<T> {
  const z = times(arithmetic, h, heads, stage)
  return build(z.shape, (n, q) => arithmetic.subtract(z.at(n, q), targets.at(n, q)))
}

/**
 * Loss with auxiliary classifiers.
 *
 * Formula    loss = main + w Σ_a auxiliary[a]
 * Clauses    inception.aux.loss
 * Shapes     main: [], auxiliary: [A] → loss: []
 * Edges      without auxiliary classifiers, the main loss
 * Source     Szegedy et al. (2015), section 5
 * Example    main = 1, auxiliary = 2, 4, w = 0.5 → loss = 4
 */
export const totalLoss: Reference<typeof totalSpec> = (
  arithmetic,
  { main, auxiliary },
  { weight },
) => {
  const { add, exact, multiply } = arithmetic
  const shares = sum(arithmetic, auxiliary.shape, (a) => multiply(exact(weight), auxiliary.at(a)))
  return { loss: build([], () => add(main.at(), shares)) }
}

/**
 * Loss of a trunk with two auxiliary classifiers.
 *
 * Formula    h_s = ψ(h_{s−1} W_s), z_s = h_s V_s, E_s = ½ Σ (z_s − t)²; loss = E_3 + w (E_1 + E_2)
 * Clauses    inception.aux.loss
 * Shapes     x: [N, D], trunk: [3, D, D], heads: [3, D, Q], targets: [N, Q] → loss: [], losses: [3]
 * Edges      none
 * Source     Szegedy et al. (2015), section 5, on a network small enough to be worked by hand
 * Example    all weights 1, one unit, linear, x = 1, target 0: losses = ½, ½, ½
 */
export const trainingLoss: Reference<typeof lossSpec> = (
  arithmetic,
  { x, trunk, heads, targets },
  { activation, weight },
) => {
  const { add, exact, multiply } = arithmetic
  const features = passTrunk(arithmetic, x, trunk, activation)
  const losses = [0, 1, 2].map((s) => {
    const miss = misses(arithmetic, features[s + 1]!, heads, targets, s)
    const squares = sum(arithmetic, miss.shape, (...at) => multiply(miss.at(...at), miss.at(...at)))
    return multiply(exact(0.5), squares)
  }) as [ReturnType<typeof exact>, ReturnType<typeof exact>, ReturnType<typeof exact>]
  const [first, second, main] = losses
  return {
    loss: build([], () => add(main, multiply(exact(weight), add(first, second)))),
    losses: fromData([3], losses),
  }
}

/**
 * Gradients of a trunk with two auxiliary classifiers.
 *
 * Formula    with c_3 = 1, c_1 = c_2 = w and e_s = c_s (z_s − t):
 *            dHeads[s] = h_sᵀ e_s, g_s = e_s V_sᵀ + r_{s+1} W_{s+1}ᵀ, r_s = ψ′ g_s, r_4 = 0,
 *            dTrunk[s] = h_{s−1}ᵀ r_s, dx = r_1 W_1ᵀ
 * Clauses    inception.aux.gradient
 * Shapes     as of the loss; each gradient as what it belongs to
 * Edges      none
 * Source     Szegedy et al. (2015), section 5, by the chain rule
 * Example    all weights 1, one unit, linear, x = 1, target 0, w = 0.5: dTrunk = 2, 1.5, 1
 */
export const trainingGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, trunk, heads, targets },
  { activation, weight },
) => {
  const { add, exact, multiply, subtract } = arithmetic
  const [N, D] = x.shape as [number, number]
  const Q = targets.shape[1]!
  const features = passTrunk(arithmetic, x, trunk, activation)
  const zero = exact(0)

  const dTrunk: NumberArray<typeof zero>[] = []
  const dHeads: NumberArray<typeof zero>[] = []
  let fromAbove = build([N, D], () => zero)
  for (let s = 2; s >= 0; s--) {
    const [h, before, above] = [features[s + 1]!, features[s]!, fromAbove]
    const miss = misses(arithmetic, h, heads, targets, s)
    const e = s === 2 ? miss : build(miss.shape, (...at) => multiply(exact(weight), miss.at(...at)))
    dHeads.unshift(
      build([D, Q], (k, q) => sum(arithmetic, [N], (n) => multiply(h.at(n, k), e.at(n, q)))),
    )
    const r = build([N, D], (n, k) => {
      const tapped = sum(arithmetic, [Q], (q) => multiply(e.at(n, q), heads.at(s, k, q)))
      const g = add(tapped, above.at(n, k))
      if (activation === 'linear') return g
      return multiply(subtract(exact(1), multiply(h.at(n, k), h.at(n, k))), g)
    })
    dTrunk.unshift(
      build([D, D], (i, k) => sum(arithmetic, [N], (n) => multiply(before.at(n, i), r.at(n, k)))),
    )
    fromAbove = build([N, D], (n, i) =>
      sum(arithmetic, [D], (k) => multiply(r.at(n, k), trunk.at(s, i, k))),
    )
  }
  const stacked = (arrays: readonly NumberArray<typeof zero>[]) =>
    fromData(
      [3, ...arrays[0]!.shape],
      arrays.flatMap(({ data }) => data),
    )
  return { dx: fromAbove, dTrunk: stacked(dTrunk), dHeads: stacked(dHeads) }
}

/**
 * Answer of a network with auxiliary classifiers.
 *
 * Formula    z = h_3 V_3, h_s = ψ(h_{s−1} W_s)
 * Clauses    inception.aux.inference
 * Shapes     x: [N, D], trunk: [3, D, D], heads: [3, D, Q] → z: [N, Q]
 * Edges      none
 * Source     Szegedy et al. (2015), section 5
 * Example    one unit, linear, trunk = 2, 3, 4, main head 5, x = 1 → z = 120
 */
export const inference: Reference<typeof inferenceSpec> = (
  arithmetic,
  { x, trunk, heads },
  { activation },
) => ({ z: times(arithmetic, passTrunk(arithmetic, x, trunk, activation)[3]!, heads, 2) })
