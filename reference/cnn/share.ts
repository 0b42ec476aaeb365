import type {
  locallyConnectedGradient as gradientSpec,
  locallyConnected as spec,
} from '../../spec/cnn/share.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import { layWindows, positionOf, zeroPad } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

type Four = [number, number, number, number]
type Six = [number, number, number, number, number, number]

/**
 * Locally connected layer, with weights of its own at each position.
 *
 * Formula    y[n,i,j,q] = b[i,j,q] + Σ_u Σ_v Σ_k x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · F[i,j,u,v,k,q]
 * Clauses    cnn.share.weights
 * Shapes     x: [N, H, W, K], filters: [Ho, Wo, Hf, Wf, K, Q], bias: [Ho, Wo, Q] → y: [N, Ho, Wo, Q]
 * Edges      padding counts as 0; NaN and infinities follow IEEE arithmetic
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5, unshared convolution
 * Example    x = [[1, 2, 3]], filters = [[[1, 0], [0, 1]]], bias = 0 → y = [[1, 3]]
 */
export const locallyConnected: Reference<typeof spec> = (
  arithmetic,
  { x, filters, bias },
  { strides, dilations, padding },
) => {
  const { add } = arithmetic
  const [N, H, W, K] = x.shape as Four
  const [Ho, Wo, Hf, Wf, , Q] = filters.shape as Six
  const [Sh, Sw] = strides
  const [Dh, Dw] = dilations
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)

  const y = build([N, Ho, Wo, Q], (n, i, j, q) =>
    add(
      bias.at(i, j, q),
      sumOfProducts(
        arithmetic,
        [Hf, Wf, K],
        (u, v, k) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
        (u, v, k) => filters.at(i, j, u, v, k, q),
      ),
    ),
  )
  return { y }
}

/**
 * Gradients of a locally connected layer.
 *
 * Formula    dx[n,a,b,k] = Σ_u Σ_v Σ_q F[i,j,u,v,k,q] · dy[n,i,j,q]
 *              with S_h·i = a + P_t − D_h·u and S_w·j = b + P_l − D_w·v, where such i and j exist,
 *            dF[i,j,u,v,k,q] = Σ_n x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · dy[n,i,j,q],
 *            db[i,j,q] = Σ_n dy[n,i,j,q]
 * Clauses    cnn.share.weights
 * Shapes     as the layer's, with dy: [N, Ho, Wo, Q] → dx, dFilters, dBias as x, filters, bias
 * Edges      a pixel that no window covers gets 0
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 * Example    x = [[1, 2, 3]], dy = [[1, 10]], kernel of 1 × 2 → dFilters = [[[1, 2], [20, 30]]]
 */
export const locallyConnectedGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, filters, dy },
  { strides, dilations, padding },
) => {
  const { multiply } = arithmetic
  const zero = arithmetic.exact(0)
  const [N, H, W] = x.shape as Four
  const [Ho, Wo, Hf, Wf, , Q] = filters.shape as Six
  const [Sh, Sw] = strides
  const [Dh, Dw] = dilations
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)

  const dx = build(x.shape, (n, a, b, k) =>
    sum(arithmetic, [Hf, Wf, Q], (u, v, q) => {
      const i = positionOf(a + windows.top - Dh * u, Sh, Ho)
      const j = positionOf(b + windows.left - Dw * v, Sw, Wo)
      if (i === undefined || j === undefined) return zero
      return multiply(filters.at(i, j, u, v, k, q), dy.at(n, i, j, q))
    }),
  )
  const dFilters = build(filters.shape, (i, j, u, v, k, q) =>
    sumOfProducts(
      arithmetic,
      [N],
      (n) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
      (n) => dy.at(n, i, j, q),
    ),
  )
  const dBias = build([Ho, Wo, Q], (i, j, q) => sum(arithmetic, [N], (n) => dy.at(n, i, j, q)))
  return { dx, dFilters, dBias }
}
