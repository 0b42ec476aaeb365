import type {
  separableGradient as gradientSpec,
  separable as spec,
} from '../../spec/efficient/separable.ts'
import type { NumberArray } from '../arithmetic/array.ts'
import { addBias, biasGradient } from '../layers/bias.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'
import { depthwise, depthwiseGradient } from './depthwise.ts'
import { pointwise, pointwiseGradient } from './pointwise.ts'

/**
 * Depthwise separable block.
 *
 * Formula    g = ψ(D ⊛ x + b_D), y = ψ(P ∗ g + b_P), ψ the identity or max(·, 0)
 * Clauses    efficient.mobilenet.dsc
 * Shapes     x: [N, H, W, K], depthwise: [Hf, Wf, K, M], pointwise: [1, 1, K M, Q], biases: [K M],
 *            [Q] → y: [N, Ho, Wo, Q]
 * Edges      padding counts as 0, and lies before the first bias
 * Source     Howard et al. (2017), section 3.1 and figure 3
 * Example    one pixel −1, weights and biases 2 and 1 twice: linear −1 · 2 + 1 = −1, then −1;
 *            rectified 0, then 1
 */
export const separable: Reference<typeof spec> = (
  arithmetic,
  { x, depthwise: D, depthwiseBias, pointwise: P, pointwiseBias },
  { activation, ...windows },
) => {
  const psi = (y: NumberArray<ReturnType<typeof arithmetic.exact>>) =>
    activation === 'relu' ? rectify(arithmetic, y) : y
  const filtered = depthwise(arithmetic, { x, filters: D }, windows).y
  const g = psi(addBias(arithmetic, filtered, depthwiseBias))
  const mixed = pointwise(arithmetic, { x: g, filters: P }, {}).y
  return { y: psi(addBias(arithmetic, mixed, pointwiseBias)) }
}

/**
 * Gradients of the depthwise separable block.
 *
 * Formula    e = ψ′ · dy, db_P = Σ e, (dg, dP) through the pointwise convolution, f = ψ′ · dg,
 *            db_D = Σ f, (dx, dD) through the depthwise convolution
 * Clauses    efficient.mobilenet.dsc
 * Shapes     as of the block, dy: [N, Ho, Wo, Q]; each gradient as what it belongs to
 * Edges      φ′(0) = 0
 * Source     Howard et al. (2017), section 3.1, by the chain rule
 * Example    one pixel 1, weights 2 and 3, no biases, dy = 1 → dx = 6, dDepthwise = 3,
 *            dPointwise = 2
 */
export const separableGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, depthwise: D, depthwiseBias, pointwise: P, pointwiseBias, dy },
  { activation, ...windows },
) => {
  type Numbers = typeof x
  const psi = (y: Numbers) => (activation === 'relu' ? rectify(arithmetic, y) : y)
  const back = (response: Numbers, d: Numbers) =>
    activation === 'relu' ? rectifyGradient(arithmetic, response, d) : d

  const filtered = depthwise(arithmetic, { x, filters: D }, windows).y
  const inner = addBias(arithmetic, filtered, depthwiseBias)
  const g = psi(inner)
  const mixed = pointwise(arithmetic, { x: g, filters: P }, {}).y

  const e = back(addBias(arithmetic, mixed, pointwiseBias), dy)
  const second = pointwiseGradient(arithmetic, { x: g, filters: P, dy: e }, {})
  const f = back(inner, second.dx)
  const first = depthwiseGradient(arithmetic, { x, filters: D, dy: f }, windows)
  return {
    dx: first.dx,
    dDepthwise: first.dFilters,
    dDepthwiseBias: biasGradient(arithmetic, f),
    dPointwise: second.dFilters,
    dPointwiseBias: biasGradient(arithmetic, e),
  }
}
