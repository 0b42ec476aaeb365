import type {
  bottleneckGradient as gradientSpec,
  bottleneckLayers as layersSpec,
  bottleneck as spec,
} from '../../spec/resnet/bottleneck.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { plus } from '../layers/addition.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

/**
 * Bottleneck residual block.
 *
 * Formula    F(x) = W₃ ∗ φ(W₂ ∗ φ(W₁ ∗ x + b₁) + b₂) + b₃ with kernels 1 × 1, 3 × 3, 1 × 1;
 *            joined with x and rectified as in `resnet.block`
 * Clauses    resnet.bottleneck.shapes
 * Shapes     x: [N, H, W, C], reduce: [1, 1, C, B], filters: [3, 3, B, B], expand: [1, 1, B, C]
 *            → y: [N, H, W, C]
 * Edges      one ring of zeros around the 3 × 3 convolution
 * Source     He, Zhang, Ren, Sun (2016), figure 5, right
 * Example    one pixel, one channel, all filters 2 (in the middle), no biases, x = 1, linear:
 *            y = 1 + 2 · 2 · 2 = 9
 */
export const bottleneck: Reference<typeof spec> = (
  arithmetic,
  { x, reduce, reduceBias, filters, bias, expand, expandBias },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? rectify(arithmetic, x) : x
  const narrow = rectify(arithmetic, convolve(arithmetic, entry, reduce, reduceBias))
  const spread = rectify(arithmetic, convolve(arithmetic, narrow, filters, bias))
  const branch = convolve(arithmetic, spread, expand, expandBias)
  const joined = shortcut === 'identity' ? plus(arithmetic, x, branch) : branch
  return { y: variant === 'original' ? rectify(arithmetic, joined) : joined }
}

/**
 * Gradients of the bottleneck residual block.
 *
 * Formula    ∇ₓE = g + J_F(x)ᵀ g, J_F = W₃ diag(φ′) W₂ diag(φ′) W₁; g as in `resnet.blockGradient`
 * Clauses    resnet.bottleneck.shapes
 * Shapes     as of the block, dy: [N, H, W, C]; each gradient as what it belongs to
 * Edges      φ′(0) = 0
 * Source     He, Zhang, Ren, Sun (2016), figure 5, right, by the chain rule
 * Example    as above with dy = 1: dx = 9, dReduce = 4, dFilters = 4 in the middle, dExpand = 4
 */
export const bottleneckGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, reduce, reduceBias, filters, bias, expand, expandBias, dy },
  { shortcut, variant },
) => {
  const entry = variant === 'pre-activation' ? rectify(arithmetic, x) : x
  const inner1 = convolve(arithmetic, entry, reduce, reduceBias)
  const narrow = rectify(arithmetic, inner1)
  const inner2 = convolve(arithmetic, narrow, filters, bias)
  const spread = rectify(arithmetic, inner2)
  const branch = convolve(arithmetic, spread, expand, expandBias)
  const joined = shortcut === 'identity' ? plus(arithmetic, x, branch) : branch

  const g = variant === 'original' ? rectifyGradient(arithmetic, joined, dy) : dy
  const third = convolveGradient(arithmetic, spread, expand, g)
  const dInner2 = rectifyGradient(arithmetic, inner2, third.dx)
  const second = convolveGradient(arithmetic, narrow, filters, dInner2)
  const dInner1 = rectifyGradient(arithmetic, inner1, second.dx)
  const first = convolveGradient(arithmetic, entry, reduce, dInner1)
  const back = variant === 'pre-activation' ? rectifyGradient(arithmetic, x, first.dx) : first.dx
  return {
    dx: shortcut === 'identity' ? plus(arithmetic, g, back) : back,
    dReduce: first.dFilters,
    dReduceBias: first.dBias,
    dFilters: second.dFilters,
    dBias: second.dBias,
    dExpand: third.dFilters,
    dExpandBias: third.dBias,
  }
}

/**
 * Shapes and weights of a bottleneck block.
 *
 * Formula    weights = [C b, 9 b², b C], multiplyAdds = H W · weights, ratio = 18 C² / (2 C b + 9 b²)
 * Clauses    resnet.bottleneck.shapes, resnet.bottleneck.params
 * Shapes     → weights: [3], shapes: [4, 3], multiplyAdds: [3], ratio: []
 * Edges      none: every size is at least 1
 * Source     He, Zhang, Ren, Sun (2016), figure 5, right
 * Example    C = 256, b = 64 → weights = 16 384, 36 864, 16 384
 */
export const bottleneckLayers: Reference<typeof layersSpec> = (
  arithmetic,
  _,
  { rows, columns, channels, inside },
) => {
  const { add, divide, exact, multiply } = arithmetic
  const [H, W, C, b] = [rows, columns, channels, inside].map(exact) as [
    ReturnType<typeof exact>,
    ReturnType<typeof exact>,
    ReturnType<typeof exact>,
    ReturnType<typeof exact>,
  ]
  const weights = [multiply(C, b), multiply(exact(9), multiply(b, b)), multiply(b, C)]
  const throughout = [C, b, b, C]
  return {
    weights: fromData([3], weights),
    shapes: build([4, 3], (layer, axis) => [H, W, throughout[layer]!][axis]!),
    multiplyAdds: build([3], (layer) => multiply(multiply(H, W), weights[layer]!)),
    ratio: build([], () =>
      divide(
        multiply(exact(18), multiply(C, C)),
        add(multiply(exact(2), multiply(C, b)), multiply(exact(9), multiply(b, b))),
      ),
    ),
  }
}
