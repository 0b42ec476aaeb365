import type {
  trainingGradient as gradientSpec,
  inference as inferenceSpec,
  trainingLoss as lossSpec,
  totalLoss as totalSpec,
} from '../../spec/inception/auxiliary.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import {
  build,
  elementwise,
  fromData,
  memberOf,
  type NumberArray,
  stacked,
  sum,
} from '../arithmetic/array.ts'
import { minus, plus } from '../layers/addition.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { sumOfSquares } from '../layers/squares.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Reference } from '../reference.ts'

type Activation = 'linear' | 'tanh'

/** h₀ = x, h_s = ψ(h_{s−1} W_s). */
function passTrunk<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  trunk: NumberArray<T>,
  activation: Activation,
): NumberArray<T>[] {
  const features = [x]
  for (let s = 0; s < 3; s++) {
    const response = dense(arithmetic, features[s]!, memberOf(trunk, s), null)
    features.push(activation === 'tanh' ? elementwise(response, arithmetic.tanh) : response)
  }
  return features
}

/** What the classifier of a stage gives less what it should: h V_s − t. */
function misses<T>(
  arithmetic: Arithmetic<T>,
  h: NumberArray<T>,
  heads: NumberArray<T>,
  targets: NumberArray<T>,
  stage: number,
): NumberArray<T> {
  return minus(arithmetic, dense(arithmetic, h, memberOf(heads, stage), null), targets)
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
  const { add, anyOf, exact, multiply } = arithmetic
  const w = exact(weight)
  const over = (term: (a: number) => typeof w) => sum(arithmetic, auxiliary.shape, term)
  const loss = anyOf(
    () =>
      add(
        main.at(),
        multiply(
          w,
          over((a) => auxiliary.at(a)),
        ),
      ),
    () =>
      add(
        main.at(),
        over((a) => multiply(w, auxiliary.at(a))),
      ),
  )
  return { loss: build([], () => loss) }
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
  const { add, anyOf, exact, multiply } = arithmetic
  const features = passTrunk(arithmetic, x, trunk, activation)
  const losses = [0, 1, 2].map((s) => {
    const miss = misses(arithmetic, features[s + 1]!, heads, targets, s)
    return multiply(exact(0.5), sumOfSquares(arithmetic, miss))
  }) as [ReturnType<typeof exact>, ReturnType<typeof exact>, ReturnType<typeof exact>]
  const [first, second, main] = losses
  const w = exact(weight)
  const loss = anyOf(
    () => add(main, multiply(w, add(first, second))),
    () => add(main, add(multiply(w, first), multiply(w, second))),
  )
  return {
    loss: build([], () => loss),
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
  const { exact, multiply } = arithmetic
  const features = passTrunk(arithmetic, x, trunk, activation)

  const dTrunk: (typeof x)[] = []
  const dHeads: (typeof x)[] = []
  let fromAbove = elementwise(x, () => exact(0))
  for (let s = 2; s >= 0; s--) {
    const [h, before] = [features[s + 1]!, features[s]!]
    const miss = misses(arithmetic, h, heads, targets, s)
    const e = s === 2 ? miss : elementwise(miss, (off) => multiply(exact(weight), off))
    dHeads.unshift(denseWeightGradient(arithmetic, h, e))
    const tapped = denseInputGradient(arithmetic, memberOf(heads, s), e)
    const g = plus(arithmetic, tapped, fromAbove)
    const r =
      activation === 'linear'
        ? g
        : build(g.shape, (...at) => multiply(tanhSlope(arithmetic, h.at(...at)), g.at(...at)))
    dTrunk.unshift(denseWeightGradient(arithmetic, before, r))
    fromAbove = denseInputGradient(arithmetic, memberOf(trunk, s), r)
  }
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
) => {
  const features = passTrunk(arithmetic, x, trunk, activation)
  return { z: dense(arithmetic, features[3]!, memberOf(heads, 2), null) }
}
