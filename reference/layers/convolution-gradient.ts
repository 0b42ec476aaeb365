import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'
import { transformed } from './transforms.ts'
import { layWindows, positionOf, type Sliding, zeroPad } from './window.ts'

type Pair = readonly [vertical: number, horizontal: number]
type Four = [number, number, number, number]

/**
 * Gradient of a convolution by its input.
 *
 * Formula    dx[n,a,b,k] = Σ_u Σ_v Σ_q F[u,v,k,q] · dy[n,i,j,q]
 *            with S_h·i = a + P_t − D_h·u and S_w·j = b + P_l − D_w·v, where such i and j exist
 * Shapes     filters: [Hf, Wf, K, Q], dy: [N, Ho, Wo, Q] → dx: [N, H, W, K]
 * Edges      a pixel that no window covers gets 0
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 */
export function convolutionInputGradient<T>(
  arithmetic: Arithmetic<T>,
  filters: NumberArray<T>,
  dy: NumberArray<T>,
  [H, W]: Pair,
  { strides, dilations, padding }: Sliding,
): NumberArray<T> {
  const zero = arithmetic.exact(0)
  const [Hf, Wf, K, Q] = filters.shape as Four
  const [Dh, Dw] = dilations
  const { top, left, Hp, Wp, Ho, Wo } = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const widened = transformed(arithmetic, [dy, 0], [filters, 2], {
    image: [Hp, Wp],
    kernel: [Dh * (Hf - 1) + 1, Dw * (Wf - 1) + 1],
    channels: Q,
  })

  return build([dy.shape[0]!, H, W, K], (n, a, b, k) => {
    const sent = sum(arithmetic, [Hf, Wf, Q], (u, v, q) => {
      const i = positionOf(a + top - Dh * u, strides[0], Ho)
      const j = positionOf(b + left - Dw * v, strides[1], Wo)
      if (i === undefined || j === undefined) return zero
      return arithmetic.multiply(filters.at(u, v, k, q), dy.at(n, i, j, q))
    })
    return widened(sent, n, k)
  })
}

/**
 * Gradient of a convolution by its filters.
 *
 * Formula    dF[u,v,k,q] = Σ_n Σ_i Σ_j x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · dy[n,i,j,q]
 * Shapes     x: [N, H, W, K], dy: [N, Ho, Wo, Q] → dF: [Hf, Wf, K, Q]
 * Edges      a weight that only ever lies on padding gets 0
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 */
export function convolutionFilterGradient<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  dy: NumberArray<T>,
  [Hf, Wf]: Pair,
  { strides, dilations, padding }: Sliding,
): NumberArray<T> {
  const [, H, W, K] = x.shape as Four
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

  return build([Hf, Wf, K, Q], (u, v, k, q) => {
    const response = sumOfProducts(
      arithmetic,
      [N, Ho, Wo],
      (n, i, j) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
      (n, i, j) => dy.at(n, i, j, q),
    )
    return widened(response, k, q)
  })
}
