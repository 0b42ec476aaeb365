import type {
  depthwiseGradient as gradientSpec,
  depthwise as spec,
} from '../../spec/efficient/depthwise.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import { layWindows, positionOf, zeroPad } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

type Four = [number, number, number, number]

/**
 * Depthwise convolution.
 *
 * Formula    y[n,i,j,kM+m] = Σ_u Σ_v x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · F[u,v,k,m]
 * Clauses    efficient.mobilenet.depthwise, efficient.mobilenet.dsc
 * Shapes     x: [N, H, W, K], filters: [Hf, Wf, K, M] → y: [N, Ho, Wo, K M]
 * Edges      padding counts as 0
 * Source     Howard et al. (2017), equation 3
 * Example    one pixel of channels 2, 3, filters 5, 7 of 1 × 1 → y = 10, 21
 */
export const depthwise: Reference<typeof spec> = (
  arithmetic,
  { x, filters },
  { strides, dilations, padding },
) => {
  const [N, H, W, K] = x.shape as Four
  const [Hf, Wf, , M] = filters.shape as Four
  const [[Sh, Sw], [Dh, Dw]] = [strides, dilations]
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)

  const y = build([N, windows.Ho, windows.Wo, K * M], (n, i, j, p) => {
    const [k, m] = [Math.floor(p / M), p % M]
    return sumOfProducts(
      arithmetic,
      [Hf, Wf],
      (u, v) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
      (u, v) => filters.at(u, v, k, m),
    )
  })
  return { y }
}

/**
 * Gradients of the depthwise convolution.
 *
 * Formula    dx_pad[n,a,b,k] = Σ dy[n,i,j,kM+m] · F[u,v,k,m] over all i, j, u, v, m with
 *            S_h·i + D_h·u = a, S_w·j + D_w·v = b; dx is the part of it inside the padding;
 *            dF[u,v,k,m] = Σ_n Σ_i Σ_j dy[n,i,j,kM+m] · x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k]
 * Clauses    efficient.mobilenet.depthwise
 * Shapes     as of the convolution, dy: [N, Ho, Wo, K M]; each gradient as what it belongs to
 * Edges      a pixel that no window reaches gets 0
 * Source     Howard et al. (2017), equation 3, by the chain rule
 * Example    one pixel of channels 2, 3, filters 5, 7, dy = 1, 1 → dx = 5, 7, dFilters = 2, 3
 */
export const depthwiseGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, filters, dy },
  { strides, dilations, padding },
) => {
  const { multiply } = arithmetic
  const [, H, W] = x.shape as Four
  const [Hf, Wf, , M] = filters.shape as Four
  const [N, Ho, Wo] = dy.shape as Four
  const [[Sh, Sw], [Dh, Dw]] = [strides, dilations]
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)
  const zero = arithmetic.exact(0)

  const dx = build(x.shape, (n, a, b, k) =>
    sum(arithmetic, [Hf, Wf, M], (u, v, m) => {
      const i = positionOf(a + windows.top - Dh * u, Sh, Ho)
      const j = positionOf(b + windows.left - Dw * v, Sw, Wo)
      if (i === undefined || j === undefined) return zero
      return multiply(dy.at(n, i, j, k * M + m), filters.at(u, v, k, m))
    }),
  )
  const dFilters = build(filters.shape, (u, v, k, m) =>
    sumOfProducts(
      arithmetic,
      [N, Ho, Wo],
      (n, i, j) => dy.at(n, i, j, k * M + m),
      (n, i, j) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
    ),
  )
  return { dx, dFilters }
}
