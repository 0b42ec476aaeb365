import type { convolutionMatrix as spec } from '../../spec/gan/conv-as-matrix.ts'
import { build } from '../arithmetic/array.ts'
import { layWindows } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

/**
 * Matrix of a convolution.
 *
 * Formula    C[(i,j,q),(a,b,k)] = F[u,v,k,q] where a + P_t = S_h·i + D_h·u and b + P_l = S_w·j + D_w·v
 *            with u < H', v < W', and 0 where there are no such u and v or k is of another group than q
 * Clauses    gan.conv-as-matrix, gan.tconv.matrix-transpose
 * Shapes     filters: [Hf, Wf, A, Q] → matrix: [Ho·Wo·Q, H·W·G·A]
 * Edges      a weight that only ever lies on padding does not occur
 * Source     Dumoulin and Visin (2016), section 4.1
 * Example    filters = [[1, 10]], image of 1 × 3 → matrix = [[1, 10, 0], [0, 1, 10]]
 */
export const convolutionMatrix: Reference<typeof spec> = (
  { exact },
  { filters },
  { imageSize, strides, dilations, padding, groups },
) => {
  const zero = exact(0)
  const [H, W] = imageSize as [number, number]
  const [Hf, Wf, A, Q] = filters.shape as [number, number, number, number]
  const { top, left, Ho, Wo } = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const [K, B] = [groups * A, Q / groups]

  const matrix = build([Ho * Wo * Q, H * W * K], (row, column) => {
    const [i, j, q] = [Math.floor(row / (Wo * Q)), Math.floor(row / Q) % Wo, row % Q]
    const [a, b, k] = [Math.floor(column / (W * K)), Math.floor(column / K) % W, column % K]
    const u = (a + top - strides[0] * i) / dilations[0]
    const v = (b + left - strides[1] * j) / dilations[1]
    const under = Number.isInteger(u) && u >= 0 && u < Hf && Number.isInteger(v) && v >= 0 && v < Wf
    if (!under || Math.floor(k / A) !== Math.floor(q / B)) return zero
    return filters.at(u, v, k % A, q)
  })
  return { matrix }
}
