import type {
  averagePoolGradient as averageSpec,
  maxPoolGradient as maxSpec,
} from '../../spec/cnn/pool-gradient.ts'
import { build, forEach } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { layPoolWindows } from './pool-window.ts'

/**
 * Gradient of max pooling.
 *
 * Formula    dx[n,p,q,k] = Σ of dy[n,i,j,k] over the windows whose largest number is x[n,p,q,k]
 * Clauses    cnn.pool.backward
 * Shapes     x: [N, H, W, K], dy: [N, Ho, Wo, K] → dx: [N, H, W, K]
 * Edges      of equal numbers, the first in reading order is the largest
 * Source     Goodfellow, Bengio, Courville (2016), section 9.3, by the chain rule
 * Example    x = [[2, 2, 1]], kernel 1 × 2, stride 1, dy = [[3, 4]] → dx = [[3, 4, 0]]
 */
export const maxPoolGradient: Reference<typeof maxSpec> = (arithmetic, { x, dy }, pooling) => {
  const { exact, less, total } = arithmetic
  const [, H, W] = x.shape as [number, number, number]
  const { pixels } = layPoolWindows([H, W], pooling)

  const arrived = build<ReturnType<typeof exact>[]>(x.shape, () => [])
  forEach(dy.shape, (n, i, j, k) => {
    const under = pixels(i!, j!)
    let largest = under[0]!
    for (const pixel of under.slice(1)) {
      if (less(x.at(n!, ...largest, k!), x.at(n!, ...pixel, k!))) largest = pixel
    }
    arrived.at(n!, ...largest, k!).push(dy.at(n!, i!, j!, k!))
  })
  return { dx: build(x.shape, (...at) => total(arrived.at(...at))) }
}

/**
 * Gradient of average pooling.
 *
 * Formula    dx[n,p,q,k] = Σ of dy[n,i,j,k] / |Ω[i,j]| over the windows that cover (p, q)
 * Clauses    cnn.pool.backward
 * Shapes     dy: [N, Ho, Wo, K] → dx: [N, H, W, K]
 * Edges      padding gets nothing, and is not counted
 * Source     Goodfellow, Bengio, Courville (2016), section 9.3, by the chain rule
 * Example    image 1 × 3, kernel 1 × 2, stride 1, dy = [[2, 4]] → dx = [[1, 3, 2]]
 */
export const averagePoolGradient: Reference<typeof averageSpec> = (
  arithmetic,
  { dy },
  { image: [H, W], ...pooling },
) => {
  const { divide, exact, total } = arithmetic
  const [N, , , K] = dy.shape as [number, number, number, number]
  const { pixels } = layPoolWindows([H, W], pooling)

  const arrived = build<ReturnType<typeof exact>[]>([N, H, W, K], () => [])
  forEach(dy.shape, (n, i, j, k) => {
    const under = pixels(i!, j!)
    const share = divide(dy.at(n!, i!, j!, k!), exact(under.length))
    for (const pixel of under) arrived.at(n!, ...pixel, k!).push(share)
  })
  return { dx: build([N, H, W, K], (...at) => total(arrived.at(...at))) }
}
