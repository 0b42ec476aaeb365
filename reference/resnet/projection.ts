import type {
  projectionBlockGradient as gradientSpec,
  projectionBlock as spec,
} from '../../spec/resnet/projection.ts'
import { plus } from '../layers/addition.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

/**
 * Residual block with a projection shortcut.
 *
 * Formula    y = W_s ∗ x + F(x), both with stride S; F(x) = W₂ ∗ φ(W₁ ∗ x + b₁) + b₂ where the
 *            first convolution has the stride; φ after the sum or before F as in `resnet.block`
 * Clauses    resnet.skip.same-size, resnet.downsample.stride2
 * Shapes     x: [N, H, W, C], filters1: [3, 3, C, Q], filters2: [3, 3, Q, Q],
 *            projection: [1, 1, C, Q] → y: [N, ⌈H / S⌉, ⌈W / S⌉, Q]
 * Edges      the projection takes pixels 0, S, 2S, … of the input itself
 * Source     He, Zhang, Ren, Sun (2016), equation 2
 * Example    one row x = 1, 2, 3, no branch, projection 5, stride 2 → y = 5, 15
 */
export const projectionBlock: Reference<typeof spec> = (
  arithmetic,
  { x, filters1, bias1, filters2, bias2, projection },
  { stride, variant },
) => {
  const entry = variant === 'pre-activation' ? rectify(arithmetic, x) : x
  const hidden = rectify(arithmetic, convolve(arithmetic, entry, filters1, bias1, stride))
  const branch = convolve(arithmetic, hidden, filters2, bias2)
  const shortcut = convolve(arithmetic, x, projection, null, stride)
  const joined = plus(arithmetic, shortcut, branch)
  return { y: variant === 'original' ? rectify(arithmetic, joined) : joined }
}

/**
 * Gradients of the residual block with a projection shortcut.
 *
 * Formula    ∇ₓE = W_sᵀ g + J_F(x)ᵀ g, g = dy, or φ′(W_s ∗ x + F(x)) · dy after a rectified sum
 * Clauses    resnet.skip.same-size
 * Shapes     as of the block, dy: [N, ⌈H / S⌉, ⌈W / S⌉, Q]; each gradient as what it belongs to
 * Edges      φ′(0) = 0; pixels that the stride skips get nothing through the shortcut
 * Source     He, Zhang, Ren, Sun (2016), equation 2, by the chain rule
 * Example    one row of 3 pixels, no branch, projection 5, stride 2, dy = 1, 1 → dx = 5, 0, 5
 */
export const projectionBlockGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, filters1, bias1, filters2, bias2, projection, dy },
  { stride, variant },
) => {
  const entry = variant === 'pre-activation' ? rectify(arithmetic, x) : x
  const inner = convolve(arithmetic, entry, filters1, bias1, stride)
  const hidden = rectify(arithmetic, inner)
  const branch = convolve(arithmetic, hidden, filters2, bias2)
  const shortcut = convolve(arithmetic, x, projection, null, stride)
  const joined = plus(arithmetic, shortcut, branch)

  const g = variant === 'original' ? rectifyGradient(arithmetic, joined, dy) : dy
  const second = convolveGradient(arithmetic, hidden, filters2, g)
  const dInner = rectifyGradient(arithmetic, inner, second.dx)
  const first = convolveGradient(arithmetic, entry, filters1, dInner, stride)
  const back = variant === 'pre-activation' ? rectifyGradient(arithmetic, x, first.dx) : first.dx
  const side = convolveGradient(arithmetic, x, projection, g, stride)
  return {
    dx: plus(arithmetic, side.dx, back),
    dFilters1: first.dFilters,
    dBias1: first.dBias,
    dFilters2: second.dFilters,
    dBias2: second.dBias,
    dProjection: side.dFilters,
  }
}
