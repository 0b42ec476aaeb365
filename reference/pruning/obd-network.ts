import type {
  hessianSize as sizeSpec,
  networkCurvature as spec,
} from '../../spec/pruning/obd-network.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Reference } from '../reference.ts'
import { forward, meanSquares } from './obd-network-forward.ts'

/**
 * Second derivatives of the loss by each parameter of a network.
 *
 * Formula    E = (1/N) Σ_n Σ_c (d − y)²; with g for ∂E/∂a and q for ∂²E/∂a², y = f(a):
 *            outputs: g = (2/N) (y − d) f′(a), q = (2/N) (f′(a)² + (y − d) f″(a));
 *            hidden: q[n,j] = f′(a[n,j])² Σ_c W′[j,c]² q[n,c] + f″(a[n,j]) Σ_c W′[j,c] g[n,c];
 *            of a weight Σ_n x[n,i]² q[n,j], of a bias Σ_n q[n,j]
 * Clauses    pruning.obd.second-derivatives
 * Shapes     x: [N, D], targets: [N, C], weights1: [D, M], weights2: [M, C], bias1: [M], bias2: [C] →
 *            those of the parameters
 * Edges      levenberg-marquardt leaves out every term with f″
 * Source     LeCun, Denker, Solla (1990), section 2
 * Example    x = 2, d = 0, W = 0, W′ = 3, b = 0, b′ = 1, linear → E = 1, by W 72, b 18, W′ 0, b′ 2
 */
export const networkCurvature: Reference<typeof spec> = (arithmetic, inputs, parameters) => {
  const { add, divide, exact, multiply, negate, subtract } = arithmetic
  const { x, targets, weights1, weights2 } = inputs
  const { h, y } = forward(arithmetic, inputs, parameters.outputs)
  const [N, C] = y.shape as [number, number]
  const isExact = parameters.method === 'exact'
  const [zero, one, two] = [exact(0), exact(1), exact(2)]
  type Value = typeof zero
  const square = (v: Value) => multiply(v, v)
  const share = divide(two, exact(N))

  // The derivatives of the tangent where it is y: f′ = 1 − y², f″ = −2 y f′.
  const slope = (v: Value) => tanhSlope(arithmetic, v)
  const bend = (v: Value) => negate(multiply(multiply(two, v), slope(v)))
  const isLinear = parameters.outputs === 'linear'
  const slopes = elementwise(y, (v) => (isLinear ? one : slope(v)))
  const error = build([N, C], (n, c) => subtract(y.at(n, c), targets.at(n, c)))

  const g = build([N, C], (n, c) => multiply(multiply(share, error.at(n, c)), slopes.at(n, c)))
  const q = build([N, C], (n, c) => {
    const squared = square(slopes.at(n, c))
    const bent = isLinear || !isExact ? zero : multiply(error.at(n, c), bend(y.at(n, c)))
    return multiply(share, add(squared, bent))
  })
  const hidden = build(h.shape, (n, j) => {
    const passed = sum(arithmetic, [C], (c) => multiply(square(weights2.at(j, c)), q.at(n, c)))
    const squared = multiply(square(slope(h.at(n, j))), passed)
    if (!isExact) return squared
    const back = sum(arithmetic, [C], (c) => multiply(weights2.at(j, c), g.at(n, c)))
    return add(squared, multiply(bend(h.at(n, j)), back))
  })
  const received = (r: typeof x, at: typeof q) => (i: number, j: number) =>
    sum(arithmetic, [N], (n) => multiply(square(r.at(n, i)), at.at(n, j)))
  const atBias = (at: typeof q) => (j: number) => sum(arithmetic, [N], (n) => at.at(n, j))
  return {
    loss: build([], () => meanSquares(arithmetic, targets, y)),
    weights1: build(weights1.shape, received(x, hidden)),
    bias1: build(inputs.bias1.shape, atBias(hidden)),
    weights2: build(weights2.shape, received(h, q)),
    bias2: build(inputs.bias2.shape, atBias(q)),
  }
}

/**
 * Numbers of second derivatives of a loss.
 *
 * Formula    entries = P², distinct = P (P + 1) / 2, diagonal = P
 * Clauses    pruning.obd.hessian-cost
 * Shapes     → entries, distinct, diagonal: []
 * Edges      of one parameter there is one
 * Source     LeCun, Denker, Solla (1990), section 2
 * Example    P = 3 → entries = 9, distinct = 6, diagonal = 3
 */
export const hessianSize: Reference<typeof sizeSpec> = ({ exact }, _, { parameters: P }) => ({
  entries: build([], () => exact(P * P)),
  distinct: build([], () => exact((P * (P + 1)) / 2)),
  diagonal: build([], () => exact(P)),
})
