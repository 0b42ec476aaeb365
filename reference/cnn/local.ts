import type { parameterCounts as countsSpec, patches as patchesSpec } from '../../spec/cnn/local.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import { layWindows, zeroPad } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

/**
 * Parameters of a layer: dense, local, shared.
 *
 * Formula    dense = H_o W_o Q (HWK + 1), local = H_o W_o Q (H'W'K + 1), shared = Q (H'W'K + 1)
 *            with H_o = H − H' + 1, W_o = W − W' + 1
 * Clauses    cnn.local.param-reduction
 * Shapes     → dense: [], local: [], shared: []
 * Edges      a kernel as large as the image: all three are equal
 * Source     Goodfellow, Bengio, Courville (2016), section 9.2
 * Example    5 × 5 in 32 × 32 × 3, one filter → 2 409 232, 59 584, 76
 */
export const parameterCounts: Reference<typeof countsSpec> = (
  arithmetic,
  _,
  { rows: H, columns: W, channels: K, kernelRows: Hf, kernelColumns: Wf, filters: Q },
) => {
  const [Ho, Wo] = [H - Hf + 1, W - Wf + 1]
  const count = (...factors: number[]) => fromData([], [product(arithmetic, ...factors)])
  return {
    dense: count(Ho, Wo, Q, H * W * K + 1),
    local: count(Ho, Wo, Q, Hf * Wf * K + 1),
    shared: count(Q, Hf * Wf * K + 1),
  }
}

/**
 * Windows of an image as columns.
 *
 * Formula    patches[n, i, j, (u W' + v) K + k] = x_pad[n, S_h·i + D_h·u, S_w·j + D_w·v, k]
 * Clauses    cnn.local.depth-column
 * Shapes     x: [N, H, W, K] → patches: [N, Ho, Wo, Hf·Wf·K]
 * Edges      padding counts as 0
 * Source     Chellapilla, Puri, Simard (2006), section 3.1
 * Example    x = [[1, 2, 3]], kernel of 1 × 2 → patches = [[(1, 2), (2, 3)]]
 */
export const patches: Reference<typeof patchesSpec> = (
  arithmetic,
  { x },
  { kernelSize, strides, dilations, padding },
) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const [Hf, Wf] = kernelSize as [number, number]
  const [Sh, Sw] = strides
  const [Dh, Dw] = dilations
  const windows = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
  const padded = zeroPad(arithmetic, x, windows)

  const patches = build([N, windows.Ho, windows.Wo, Hf * Wf * K], (n, i, j, p) => {
    const k = p % K
    const v = Math.floor(p / K) % Wf
    const u = Math.floor(p / (K * Wf))
    return padded.at(n, Sh * i + Dh * u, Sw * j + Dw * v, k)
  })
  return { patches }
}
