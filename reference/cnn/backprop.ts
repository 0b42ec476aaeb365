import type {
  conv2dBiasGradient as biasSpec,
  conv2dFilterGradient as filterSpec,
  conv2dInputGradient as inputSpec,
} from '../../spec/cnn/backprop.ts'
import { build, sum, sumOfProducts } from '../arithmetic/array.ts'
import { transformed } from '../layers/transforms.ts'
import { layWindows, positionOf, zeroPad } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

type Four = [number, number, number, number]

/**
 * Gradient of a convolution by its input.
 *
 * Formula    dx[n,a,b,k] = Σ_u Σ_v Σ_q F[u,v,k,q] · dy[n,i,j,q]
 *            with S_h·i = a + P_t − D_h·u and S_w·j = b + P_l − D_w·v, where such i and j exist
 * Clauses    cnn.backprop.input-gradient, cnn.local.connectivity
 * Shapes     filters: [Hf, Wf, K, Q], dy: [N, Ho, Wo, Q] → dx: [N, H, W, K]
 * Edges      a pixel that no window covers gets 0
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 * Example    filters = [[1, 2]], dy = [[1, 10]], image of 1 × 3 → dx = [[1, 12, 20]]
 */
export const conv2dInputGradient: Reference<typeof inputSpec> = (
  arithmetic,
  { filters, dy },
  { imageSize, strides, dilations, padding },
) => {
  const zero = arithmetic.exact(0)
  const [H, W] = imageSize as [number, number]
  const [Hf, Wf, K, Q] = filters.shape as Four
  const [Dh, Dw] = dilations
  const { top, left, Hp, Wp, Ho, Wo } = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const widened = transformed(arithmetic, [dy, 0], [filters, 2], {
    image: [Hp, Wp],
    kernel: [Dh * (Hf - 1) + 1, Dw * (Wf - 1) + 1],
    channels: Q,
  })

  const dx = build([dy.shape[0]!, H, W, K], (n, a, b, k) => {
    const sent = sum(arithmetic, [Hf, Wf, Q], (u, v, q) => {
      const i = positionOf(a + top - Dh * u, strides[0], Ho)
      const j = positionOf(b + left - Dw * v, strides[1], Wo)
      if (i === undefined || j === undefined) return zero
      return arithmetic.multiply(filters.at(u, v, k, q), dy.at(n, i, j, q))
    })
    return widened(sent, n, k)
  })
  return { dx }
}

/**
 * Gradient of a convolution by its filters.
 *
 * Formula    dF[u,v,k,q] = Σ_n Σ_i Σ_j x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · dy[n,i,j,q]
 * Clauses    cnn.backprop.filter-gradient, cnn.share.weights
 * Shapes     x: [N, H, W, K], dy: [N, Ho, Wo, Q] → dFilters: [Hf, Wf, K, Q]
 * Edges      a weight that only ever lies on padding gets 0
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 * Example    x = [[1, 2, 3]], dy = [[1, 10]], kernel of 1 × 2 → dFilters = [[21, 32]]
 */
export const conv2dFilterGradient: Reference<typeof filterSpec> = (
  arithmetic,
  { x, dy },
  { kernelSize, strides, dilations, padding },
) => {
  const [, H, W, K] = x.shape as Four
  const [Hf, Wf] = kernelSize as [number, number]
  const [N, Ho, Wo, Q] = dy.shape as Four
  const [Sh, Sw] = strides
  const [Dh, Dw] = dilations
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)
  const widened = transformed(arithmetic, [x, 3], [dy, 3], {
    image: [windows.Hp, windows.Wp],
    kernel: [Sh * (Ho - 1) + 1, Sw * (Wo - 1) + 1],
    channels: N,
  })

  const dFilters = build([Hf, Wf, K, Q], (u, v, k, q) => {
    const response = sumOfProducts(
      arithmetic,
      [N, Ho, Wo],
      (n, i, j) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
      (n, i, j) => dy.at(n, i, j, q),
    )
    return widened(response, k, q)
  })
  return { dFilters }
}

/**
 * Gradient of a convolution by its biases.
 *
 * Formula    db[q] = Σ_n Σ_i Σ_j dy[n,i,j,q]
 * Clauses    cnn.backprop.bias-gradient
 * Shapes     dy: [N, Ho, Wo, Q] → dBias: [Q]
 * Edges      NaN and infinities follow IEEE arithmetic
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 * Example    dy = [[1, 10]] → dBias = [11]
 */
export const conv2dBiasGradient: Reference<typeof biasSpec> = (arithmetic, { dy }) => {
  const [N, Ho, Wo, Q] = dy.shape as Four
  const dBias = build([Q], (q) => sum(arithmetic, [N, Ho, Wo], (n, i, j) => dy.at(n, i, j, q)))
  return { dBias }
}
