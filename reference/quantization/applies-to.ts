import type { quantizedLayer as spec } from '../../spec/quantization/applies-to.ts'
import { elementwise, type NumberArray } from '../arithmetic/array.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'
import { nearestWhole, stepsIn } from './codes-nearest.ts'

/**
 * A layer, forwards and backwards, with weights, activations or gradients quantized.
 *
 * Formula    â = s min(Q, max(−Q, round(a / s))), Q = 2^(b−1) − 1, for one of x, W and dy:
 *            y = x W, dx = dy Wᵀ, dWeights = xᵀ dy
 * Clauses    quantization.applies-to
 * Shapes     x: [N, D], weights: [D, M], dy: [N, M], scale: [] → y: [N, M], dx: [N, D], dWeights: [D, M]
 * Edges      what is beyond the codes becomes their nearest end, and derivatives pass there as well
 * Source     Jacob et al. (2018), section 3; Nagel et al. (2021), section 4.1
 * Example    8 bits, weights, s = 2: x = 1, W = 3, dy = 1 → Ŵ = 4, y = 4, dx = 4, dWeights = 1
 */
export const quantizedLayer: Reference<typeof spec> = (
  arithmetic,
  { x, weights, dy, scale },
  { bits, of },
) => {
  const { exact, multiply } = arithmetic
  const Q = 2 ** (bits - 1) - 1
  const s = scale.at()
  const quantized = (a: NumberArray<typeof s>) =>
    elementwise(a, (value) =>
      multiply(s, exact(nearestWhole(arithmetic, stepsIn(arithmetic, value, s), -Q, Q))),
    )
  const given = (a: NumberArray<typeof s>, name: typeof of) => (of === name ? quantized(a) : a)

  const [below, W, back] = [
    given(x, 'activations'),
    given(weights, 'weights'),
    given(dy, 'gradients'),
  ] as const
  return {
    y: dense(arithmetic, below, W, null),
    dx: denseInputGradient(arithmetic, W, back),
    dWeights: denseWeightGradient(arithmetic, below, back),
  }
}
