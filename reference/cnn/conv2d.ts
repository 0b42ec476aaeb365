import type { conv2d as spec } from '../../spec/cnn/conv2d.ts'
import { build, sumOfProducts } from '../arithmetic/array.ts'
import { transformed } from '../layers/transforms.ts'
import { layWindows, zeroPad } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

/**
 * Convolution of images with a bank of filters.
 *
 * Formula    y[n,i,j,q] = b[q] + Σ_u Σ_v Σ_k x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k] · F[u,v,k,q]
 * Clauses    cnn.conv2d.forward and all others of cnn.conv2d
 * Shapes     x: [N, H, W, K], filters: [Hf, Wf, K, Q], bias: [Q] → y: [N, Ho, Wo, Q]
 * Edges      padding counts as 0; NaN and infinities follow IEEE arithmetic
 * Source     Goodfellow, Bengio, Courville (2016), equation 9.7
 * Example    x = [[1, 2, 3]], filters = [[1, 0]], bias = 0 → y = [[1, 2]]
 */
export const conv2d: Reference<typeof spec> = (
  arithmetic,
  { x, filters, bias },
  { strides, dilations, padding },
  note,
) => {
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
  const y = build([N, windows.Ho, windows.Wo, Q], (n, i, j, q) => {
    const response = sumOfProducts(
      arithmetic,
      [Hf, Wf, K],
      (u, v, k) => padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k),
      (u, v, k) => filters.at(u, v, k, q),
    )
    return add(bias.at(q), widened(response, n, q))
  })
  return { y }
}
