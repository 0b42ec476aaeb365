import type { fireGradient as gradientSpec, fire as spec } from '../../spec/efficient/fire.ts'
import { plus } from '../layers/addition.ts'
import { beside, channels } from '../layers/channels.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

/**
 * Fire module.
 *
 * Formula    z = φ(S ∗ x + b_s), y = [φ(E₁ ∗ z + b₁) ‖ φ(E₃ ∗ z + b₃)], φ(x) = max(x, 0)
 * Clauses    efficient.squeezenet.fire
 * Shapes     x: [N, H, W, C], squeeze: [1, 1, C, S], expand1: [1, 1, S, A], expand3: [3, 3, S, B]
 *            → y: [N, H, W, A + B]
 * Edges      one ring of zeros around z before the 3 × 3 filters
 * Source     Iandola et al. (2016), section 3.2
 * Example    one pixel 1, squeeze 2, expand 3 and, in the middle, −1, no biases → y = 6, 0
 */
export const fire: Reference<typeof spec> = (
  arithmetic,
  { x, squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias },
) => {
  const z = rectify(arithmetic, convolve(arithmetic, x, squeeze, squeezeBias))
  const small = rectify(arithmetic, convolve(arithmetic, z, expand1, expand1Bias))
  const large = rectify(arithmetic, convolve(arithmetic, z, expand3, expand3Bias))
  return { y: beside(small, large) }
}

/**
 * Gradients of the fire module.
 *
 * Formula    dz = E₁ᵀ(φ′ · dy₁) + E₃ᵀ(φ′ · dy₃), dy₁ and dy₃ the first A and the last B channels of
 *            dy; dx = Sᵀ(φ′ · dz); each filter and bias through its own convolution
 * Clauses    efficient.squeezenet.fire
 * Shapes     as of the module, dy: [N, H, W, A + B]; each gradient as what it belongs to
 * Edges      φ′(0) = 0
 * Source     Iandola et al. (2016), section 3.2, by the chain rule
 * Example    one pixel 1, squeeze 2, expand 3 and 5 (middle), dy = 1, 1 → dx = 16, dSqueeze = 8
 */
export const fireGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias, dy },
) => {
  const squeezed = convolve(arithmetic, x, squeeze, squeezeBias)
  const z = rectify(arithmetic, squeezed)
  const [small, large] = [
    convolve(arithmetic, z, expand1, expand1Bias),
    convolve(arithmetic, z, expand3, expand3Bias),
  ]
  const [A, B] = [small.shape[3]!, large.shape[3]!]
  const [dSmall, dLarge] = [channels(dy, 0, A), channels(dy, A, B)]

  const by1 = convolveGradient(arithmetic, z, expand1, rectifyGradient(arithmetic, small, dSmall))
  const by3 = convolveGradient(arithmetic, z, expand3, rectifyGradient(arithmetic, large, dLarge))
  const dz = plus(arithmetic, by1.dx, by3.dx)
  const first = convolveGradient(arithmetic, x, squeeze, rectifyGradient(arithmetic, squeezed, dz))
  return {
    dx: first.dx,
    dSqueeze: first.dFilters,
    dSqueezeBias: first.dBias,
    dExpand1: by1.dFilters,
    dExpand1Bias: by1.dBias,
    dExpand3: by3.dFilters,
    dExpand3Bias: by3.dBias,
  }
}
