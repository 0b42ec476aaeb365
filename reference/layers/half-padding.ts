import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { biasGradient } from './bias.ts'
import { convolution } from './convolution.ts'

/** Rows, columns, channels and so on of an array of four axes. */
type Four = [number, number, number, number]

/**
 * Convolution with half padding: an odd square kernel, and a ring of zeros around the image as wide
 * as the middle of the kernel is away from its border.
 *
 * Formula    y[n,i,j,q] = b[q] + Σ_u Σ_v Σ_k x[n, S·i + u − p, S·j + v − p, k] · F[u,v,k,q], where
 *            such pixels exist, p = (U − 1) / 2
 * Shapes     x: [N, H, W, K], filters: [U, U, K, Q], bias: [Q] or null → y: [N, ⌈H / S⌉, ⌈W / S⌉, Q]
 * Edges      stride 1 keeps rows and columns
 * Source     Dumoulin and Visin (2016), relationships 3 and 6
 */
export function convolve<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  filters: NumberArray<T>,
  bias: NumberArray<T> | null,
  stride = 1,
): NumberArray<T> {
  const ring = (filters.shape[0] - 1) / 2
  const padding = [ring, ring, ring, ring] as const
  const strides = [stride, stride] as const
  return convolution(arithmetic, x, filters, bias, { strides, dilations: [1, 1], padding })
}

/**
 * Gradients of a convolution with half padding.
 *
 * Formula    dx[n,a,b,k] = Σ_i Σ_j Σ_q dy[n,i,j,q] · F[a + p − S·i, b + p − S·j, k, q],
 *            dF[u,v,k,q] = Σ_n Σ_i Σ_j dy[n,i,j,q] · x[n, S·i + u − p, S·j + v − p, k],
 *            db[q] = Σ_n Σ_i Σ_j dy[n,i,j,q], p = (U − 1) / 2
 * Shapes     as of the convolution, dy: [N, ⌈H / S⌉, ⌈W / S⌉, Q]; each gradient as what it belongs to
 * Edges      a pixel that no window covers gets 0, and so does a weight that only ever lies on zeros
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 */
export function convolveGradient<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  filters: NumberArray<T>,
  dy: NumberArray<T>,
  stride = 1,
) {
  const { multiply } = arithmetic
  const zero = arithmetic.exact(0)
  const [, H, W] = x.shape as Four
  const [U, , , Q] = filters.shape as Four
  const [N, Ho, Wo] = dy.shape as Four
  const ring = (U - 1) / 2
  const within = (i: number, size: number) => i >= 0 && i < size

  const dx = build(x.shape, (n, a, b, k) =>
    sum(arithmetic, [Ho, Wo, Q], (i, j, q) => {
      const [u, v] = [a + ring - stride * i, b + ring - stride * j]
      if (!within(u, U) || !within(v, U)) return zero
      return multiply(dy.at(n, i, j, q), filters.at(u, v, k, q))
    }),
  )
  const dFilters = build(filters.shape, (u, v, k, q) =>
    sum(arithmetic, [N, Ho, Wo], (n, i, j) => {
      const [a, b] = [stride * i + u - ring, stride * j + v - ring]
      if (!within(a, H) || !within(b, W)) return zero
      return multiply(dy.at(n, i, j, q), x.at(n, a, b, k))
    }),
  )
  return { dx, dFilters, dBias: biasGradient(arithmetic, dy) }
}
