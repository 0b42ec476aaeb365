import type { block as blockSpec, blockGradient as gradientSpec } from '../../spec/resnet/block.ts'
import { plus } from '../layers/addition.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

/**
 * Basic residual block.
 *
 * Formula    F(x) = W₂ ∗ φ(W₁ ∗ x + b₁) + b₂, φ(x) = max(x, 0);
 *            original: y = φ(x + F(x)); linear: y = x + F(x);
 *            pre-activation: y = x + F(φ(x)); without a shortcut the summand x is left out
 * Clauses    resnet.block.forward, resnet.block.identity-free, resnet.basic-block
 * Shapes     x: [N, H, W, C], filters: [3, 3, C, C], biases: [C] → y: [N, H, W, C]
 * Edges      the image is surrounded by one ring of zeros before each convolution
 * Source     He, Zhang, Ren, Sun (2016), equation 1 and figure 2
 * Example    one pixel x = −1, one channel, both filters 2 in the middle, no biases:
 *            F(−1) = 2 φ(−2) = 0, so the linear block gives −1 and the original one 0
 */
export const block: Reference<typeof blockSpec> = (
  arithmetic,
  { x, filters1, bias1, filters2, bias2 },
  { shortcut, variant },
  note,
) => {
  const entry = variant === 'pre-activation' ? rectify(arithmetic, x) : x
  const inner = convolve(arithmetic, entry, filters1, bias1)
  const hidden = rectify(arithmetic, inner)
  const branch = convolve(arithmetic, hidden, filters2, bias2)
  const joined = shortcut === 'identity' ? plus(arithmetic, x, branch) : branch
  note?.('first convolution', inner)
  note?.('F(x)', branch)
  note?.('before the last rectifier', joined)
  return { y: variant === 'original' ? rectify(arithmetic, joined) : joined }
}

/**
 * Gradients of the basic residual block.
 *
 * Formula    ∇ₓE = g + J_F(x)ᵀ g, g = dy, or φ′(x + F(x)) · dy after a rectified addition;
 *            J_F = W₂ diag(φ′) W₁, and after it diag(φ′(x)) with pre-activation
 * Clauses    resnet.block.gradient
 * Shapes     as of the block, dy: [N, H, W, C]; each gradient as what it belongs to
 * Edges      φ′(0) = 0
 * Source     He, Zhang, Ren, Sun (2016b), equation 5
 * Example    one pixel, one channel, linear, x = 1, both filters 2 in the middle, dy = 1:
 *            dx = 1 + 2 · 2 = 5, dFilters1 = 2, dFilters2 = 2 in the middle
 */
export const blockGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, filters1, bias1, filters2, bias2, dy },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? rectify(arithmetic, x) : x
  const inner = convolve(arithmetic, entry, filters1, bias1)
  const hidden = rectify(arithmetic, inner)
  const branch = convolve(arithmetic, hidden, filters2, bias2)
  const joined = shortcut === 'identity' ? plus(arithmetic, x, branch) : branch

  const g = variant === 'original' ? rectifyGradient(arithmetic, joined, dy) : dy
  const second = convolveGradient(arithmetic, hidden, filters2, g)
  const dInner = rectifyGradient(arithmetic, inner, second.dx)
  const first = convolveGradient(arithmetic, entry, filters1, dInner)
  const back = variant === 'pre-activation' ? rectifyGradient(arithmetic, x, first.dx) : first.dx
  return {
    dx: shortcut === 'identity' ? plus(arithmetic, g, back) : back,
    dFilters1: first.dFilters,
    dBias1: first.dBias,
    dFilters2: second.dFilters,
    dBias2: second.dBias,
  }
}
