import type { zeroPadGradient as gradientSpec, zeroPad as spec } from '../../spec/cnn/pad.ts'
import { build } from '../arithmetic/array.ts'
import { zeroPad as surround } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

type Four = [number, number, number, number]

/**
 * Images surrounded by zeros.
 *
 * Formula    y[n, P_t + i, P_l + j, k] = x[n,i,j,k], 0 elsewhere
 * Clauses    cnn.pad.zero
 * Shapes     x: [N, H, W, K] → y: [N, P_t + H + P_b, P_l + W + P_r, K]
 * Edges      NaN and infinities are copied
 * Source     Dumoulin and Visin (2016), section 2.2
 * Example    x = [[5]], padding = [1, 0, 2, 0] → y = [[0, 0, 0], [0, 0, 5]]
 */
export const zeroPad: Reference<typeof spec> = (
  arithmetic,
  { x },
  { padding: [top, bottom, left, right] },
) => {
  const [, H, W] = x.shape as Four
  return {
    y: surround(arithmetic, x, { top, left, Hp: top + H + bottom, Wp: left + W + right }),
  }
}

/**
 * Gradient of images surrounded by zeros.
 *
 * Formula    dx[n,i,j,k] = dy[n, P_t + i, P_l + j, k]
 * Clauses    cnn.pad.zero
 * Shapes     dy: [N, Hp, Wp, K] → dx: [N, Hp − P_t − P_b, Wp − P_l − P_r, K]
 * Edges      NaN and infinities are copied
 * Source     Dumoulin and Visin (2016), section 2.2
 * Example    dy = [[1, 2, 3], [4, 5, 6]], padding = [1, 0, 2, 0] → dx = [[6]]
 */
export const zeroPadGradient: Reference<typeof gradientSpec> = (
  _,
  { dy },
  { padding: [top, bottom, left, right] },
) => {
  const [N, Hp, Wp, K] = dy.shape as Four
  const [H, W] = [Hp - top - bottom, Wp - left - right]
  return { dx: build([N, H, W, K], (n, i, j, k) => dy.at(n, top + i, left + j, k)) }
}
