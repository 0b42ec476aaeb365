import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sumOfProducts } from '../arithmetic/array.ts'
import type { Note } from '../reference.ts'
import { transformed } from './transforms.ts'
import { layWindows, type Sliding, zeroPad } from './window.ts'

/**
 * Convolution of images with a bank of filters.
 *
 * Formula    y[n,i,j,q] = b[q] + Σ_u Σ_v Σ_k x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · F[u,v,k,q]
 * Shapes     x: [N, H, W, K], filters: [Hf, Wf, K, Q], bias: [Q] or null → y: [N, Ho, Wo, Q]
 * Edges      padding counts as 0; null is no bias at all; NaN and infinities follow IEEE arithmetic
 * Source     Goodfellow, Bengio, Courville (2016), equation 9.7
 */
export function convolution<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  filters: NumberArray<T>,
  bias: NumberArray<T> | null,
  { strides, dilations, padding }: Sliding,
  note?: Note,
): NumberArray<T> {
  const { add } = arithmetic
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const [Hf, Wf, , Q] = filters.shape as [number, number, number, number]
  const [Sh, Sw] = strides
  const [Dh, Dw] = dilations
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)
  note?.('padded', padded)

  const widened = transformed(arithmetic, [x, 0], [filters, 3], {
    image: [windows.Hp, windows.Wp],
    kernel: [Dh * (Hf - 1) + 1, Dw * (Wf - 1) + 1],
    channels: K,
  })
  return build([N, windows.Ho, windows.Wo, Q], (n, i, j, q) => {
    const response = sumOfProducts(
      arithmetic,
      [Hf, Wf, K],
      (u, v, k) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
      (u, v, k) => filters.at(u, v, k, q),
    )
    const convolved = widened(response, n, q)
    return bias === null ? convolved : add(bias.at(q), convolved)
  })
}
