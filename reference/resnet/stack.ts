import type {
  stackGradient as gradientSpec,
  jacobianPaths as pathsSpec,
  stack as spec,
} from '../../spec/resnet/stack.ts'
import { again } from '../arithmetic/again.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked, sum } from '../arithmetic/array.ts'
import { plus } from '../layers/addition.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Reference } from '../reference.ts'

interface Stack<T> {
  readonly x: NumberArray<T>
  readonly weights: NumberArray<T>
  readonly biases: NumberArray<T>
}

interface Kind {
  readonly shortcut: 'identity' | 'none'
  readonly activation: 'linear' | 'tanh'
}

/** x₀, x₁, …, x_L and F₀(x₀), …, F_{L−1}(x_{L−1}). */
function run<T>(arithmetic: Arithmetic<T>, { x, weights, biases }: Stack<T>, kind: Kind) {
  const { add, multiply, tanh } = arithmetic
  const [L, D] = biases.shape as [number, number]
  const states = [x]
  const branches: NumberArray<T>[] = []
  for (let l = 0; l < L; l++) {
    const state = states[l]!
    const branch = build([D], (i) => {
      const response = add(
        sum(arithmetic, [D], (j) => multiply(weights.at(l, i, j), state.at(j))),
        biases.at(l, i),
      )
      return kind.activation === 'tanh' ? tanh(response) : response
    })
    branches.push(branch)
    states.push(kind.shortcut === 'identity' ? plus(arithmetic, state, branch) : branch)
  }
  return { states, branches }
}

/**
 * Stack of plain or residual layers.
 *
 * Formula    F_l(x) = ψ(W_l x + b_l), ψ the identity or tanh;
 *            x_{l+1} = F_l(x_l), with an identity shortcut x_l + F_l(x_l); y = x_L
 * Clauses    resnet.plain.gradient-product, resnet.stack.gradient-highway,
 *            resnet.degradation.identity-construction
 * Shapes     x: [D], weights: [L, D, D], biases: [L, D] → y: [D], states: [L + 1, D], branches: [L, D]
 * Edges      none: there is at least one layer
 * Source     He, Zhang, Ren, Sun (2016b), equations 1 to 4
 * Example    two linear layers of one unit, weights 2 and 3, x = 1: plain y = 6, residual y = 12
 */
export const stack: Reference<typeof spec> = (arithmetic, inputs, parameters) => {
  const { states, branches } = run(arithmetic, inputs, parameters)
  return { y: states.at(-1)!, states: stacked(states), branches: stacked(branches) }
}

/**
 * Gradients of a stack of plain or residual layers.
 *
 * Formula    g_L = dy, q_l = ψ′(W_l x_l + b_l) g_{l+1}, g_l = W_lᵀ q_l, with a shortcut
 *            g_{l+1} + W_lᵀ q_l; dx = g_0, dWeights[l] = q_l x_lᵀ, dBiases[l] = q_l;
 *            tanh′ = 1 − tanh²
 * Clauses    resnet.plain.gradient-product, resnet.stack.gradient-highway
 * Shapes     as of the stack, dy: [D]; each gradient as what it belongs to
 * Edges      none
 * Precision  slopes and states may come from two forward passes
 * Source     He, Zhang, Ren, Sun (2016b), equation 5, by the chain rule
 * Example    two linear layers of one unit, weights 2 and 3, x = dy = 1: plain dx = 6, residual
 *            dx = 12, dWeights = 4, 3
 */
export const stackGradient: Reference<typeof gradientSpec> = (arithmetic, inputs, parameters) => {
  const { add, exact, multiply } = arithmetic
  const { weights, dy } = inputs
  const [L, D] = inputs.biases.shape as [number, number]
  const forward = () => run(arithmetic, inputs, parameters)
  const first = forward()
  const { branches } = first
  const { states } = again(arithmetic, first, forward)
  const slope = (branch: T0) =>
    parameters.activation === 'tanh' ? tanhSlope(arithmetic, branch) : exact(1)
  type T0 = ReturnType<typeof exact>

  const dWeights = []
  const dBiases = []
  let g = dy
  for (let l = L - 1; l >= 0; l--) {
    const later = g
    const q = build([D], (i) => multiply(slope(branches[l]!.at(i)), later.at(i)))
    dBiases.unshift(q)
    dWeights.unshift(build([D, D], (i, j) => multiply(q.at(i), states[l]!.at(j))))
    g = build([D], (j) => {
      const back = sum(arithmetic, [D], (i) => multiply(weights.at(l, i, j), q.at(i)))
      return parameters.shortcut === 'identity' ? add(later.at(j), back) : back
    })
  }
  return { dx: g, dWeights: stacked(dWeights), dBiases: stacked(dBiases) }
}

/**
 * Jacobian of a residual stack as a sum over its paths.
 *
 * Formula    paths[S] = Π_{l ∈ S} J_l, later layers on the left, S the set of bits of the index;
 *            jacobian = Σ_S paths[S] = (I + J_{L−1}) ⋯ (I + J_0)
 * Clauses    resnet.stack.gradient-highway
 * Shapes     jacobians: [L, D, D] → jacobian: [D, D], paths: [2^L, D, D]
 * Edges      the empty product is the identity
 * Source     He, Zhang, Ren, Sun (2016b), equation 5; Veit, Wilber, Belongie (2016), section 3
 * Example    two layers of one unit, J = 2 and 3 → paths = 1, 2, 3, 6, jacobian = 12
 */
export const jacobianPaths: Reference<typeof pathsSpec> = (arithmetic, { jacobians }) => {
  const { exact, multiply } = arithmetic
  const [L, D] = jacobians.shape as [number, number]
  const identity = build([D, D], (i, j) => exact(i === j ? 1 : 0))
  const paths = Array.from({ length: 2 ** L }, (_, subset) => {
    let path = identity
    for (let l = 0; l < L; l++) {
      const before = path
      if ((subset >> l) % 2 === 0) continue
      path = build([D, D], (i, j) =>
        sum(arithmetic, [D], (k) => multiply(jacobians.at(l, i, k), before.at(k, j))),
      )
    }
    return path
  })
  const all = stacked(paths)
  return {
    jacobian: build([D, D], (i, j) => sum(arithmetic, [2 ** L], (subset) => all.at(subset, i, j))),
    paths: all,
  }
}
