import type {
  averagePool as averageSpec,
  maxPool as maxSpec,
  poolOutputSize as sizeSpec,
} from '../../spec/cnn/pool.ts'
import { mean } from '../arithmetic/any-of.ts'
import { build, fromData } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { layPoolWindows } from './pool-window.ts'

/**
 * Max pooling.
 *
 * Formula    y[n,i,j,k] = max over (p, q) in Ω[i,j] of x[n,p,q,k]
 * Clauses    cnn.pool.max, cnn.pool.channelwise and others of cnn.pool
 * Shapes     x: [N, H, W, K] → y: [N, Ho, Wo, K]
 * Edges      padding is no pixel and never wins; NaN under the window gives NaN
 * Source     Goodfellow, Bengio, Courville (2016), section 9.3
 * Example    x = [[-3, -1]], kernel 1 × 2, padding same → y = [[-1, -1]]
 */
export const maxPool: Reference<typeof maxSpec> = ({ maximum }, { x }, pooling) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const { Ho, Wo, pixels } = layPoolWindows([H, W], pooling)
  const y = build([N, Ho, Wo, K], (n, i, j, k) =>
    maximum(pixels(i, j).map(([p, q]) => x.at(n, p, q, k))),
  )
  return { y }
}

/**
 * Average pooling.
 *
 * Formula    y[n,i,j,k] = (1 / |Ω[i,j]|) Σ over (p, q) in Ω[i,j] of x[n,p,q,k]
 * Clauses    cnn.pool.avg, cnn.pool.channelwise and others of cnn.pool
 * Shapes     x: [N, H, W, K] → y: [N, Ho, Wo, K]
 * Edges      padding is no pixel and is not counted
 * Source     Goodfellow, Bengio, Courville (2016), section 9.3
 * Example    x = [[1, 3]], kernel 1 × 2, padding same → y = [[2, 3]]
 */
export const averagePool: Reference<typeof averageSpec> = (arithmetic, { x }, pooling) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const { Ho, Wo, pixels } = layPoolWindows([H, W], pooling)
  const y = build([N, Ho, Wo, K], (n, i, j, k) => {
    const under = pixels(i, j)
    return mean(arithmetic, [under.length], (pixel) => x.at(n, ...under[pixel]!, k))
  })
  return { y }
}

/**
 * Size of a pooled image.
 *
 * Formula    size = [⌊(rows + P_t + P_b − h) / S_h⌋ + 1, ⌊(columns + P_l + P_r − w) / S_w⌋ + 1]
 * Clauses    cnn.pool.output-size, cnn.pool.shift-stability
 * Shapes     → size: [2]
 * Edges      a last window that does not fit is dropped
 * Source     Dumoulin and Visin (2016), section 3
 * Example    5 × 5 under 3 × 3, stride 1 → 3 × 3; 55 × 55 under 3 × 3, stride 2 → 27 × 27
 */
export const poolOutputSize: Reference<typeof sizeSpec> = (
  { exact },
  _,
  { rows, columns, ...pooling },
) => {
  const { Ho, Wo } = layPoolWindows([rows, columns], pooling)
  return { size: fromData([2], [exact(Ho), exact(Wo)]) }
}
