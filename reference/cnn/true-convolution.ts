import type { trueConvolution as spec } from '../../spec/cnn/true-convolution.ts'
import { build, sum } from '../arithmetic/array.ts'
import { transformed } from '../layers/transforms.ts'
import type { Reference } from '../reference.ts'

/**
 * Convolution with a flipped kernel, in full.
 *
 * Formula    y[i,j] = Σ_u Σ_v x[i − u, j − v] · g[u,v], x being 0 outside the image
 * Clauses    cnn.conv2d.is-cross-correlation
 * Shapes     x: [H, W], kernel: [Hf, Wf] → y: [H + Hf − 1, W + Wf − 1]
 * Edges      NaN and infinities follow IEEE arithmetic where the kernel overlaps the image
 * Source     Goodfellow, Bengio, Courville (2016), equation 9.4
 * Example    x = [[1, 2, 3]], kernel = [[1, 0]] → y = [[1, 2, 3, 0]]
 */
export const trueConvolution: Reference<typeof spec> = (arithmetic, { x, kernel }) => {
  const zero = arithmetic.exact(0)
  const [H, W] = x.shape as [number, number]
  const [Hf, Wf] = kernel.shape as [number, number]
  const inside = (i: number, j: number) => i >= 0 && i < H && j >= 0 && j < W

  const widened = transformed(arithmetic, [x], [kernel], {
    image: [H + 2 * (Hf - 1), W + 2 * (Wf - 1)],
    kernel: [Hf, Wf],
    channels: 1,
  })
  const y = build([H + Hf - 1, W + Wf - 1], (i, j) => {
    const response = sum(arithmetic, [Hf, Wf], (u, v) =>
      inside(i - u, j - v) ? arithmetic.multiply(x.at(i - u, j - v), kernel.at(u, v)) : zero,
    )
    return widened(response, 0, 0)
  })
  return { y }
}
