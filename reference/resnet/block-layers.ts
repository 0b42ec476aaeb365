import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { conv2d } from '../cnn/conv2d.ts'

/** Rows, columns, channels and so on of an array of four axes. */
type Four = [number, number, number, number]

/**
 * A convolution with an odd square kernel, surrounded by as many zeros as its middle is away from
 * its border: stride 1 keeps rows and columns, stride S leaves ⌈H / S⌉.
 */
export function convolve<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  filters: NumberArray<T>,
  bias: NumberArray<T>,
  stride = 1,
): NumberArray<T> {
  const ring = (filters.shape[0] - 1) / 2
  const padding = [ring, ring, ring, ring] as const
  const strides = [stride, stride] as const
  return conv2d(arithmetic, { x, filters, bias }, { strides, dilations: [1, 1], padding }).y
}

/**
 * Gradients of `convolve`.
 *
 * Formula    dx[n,a,b,k] = Σ_i Σ_j Σ_q dy[n,i,j,q] · F[a + p − S·i, b + p − S·j, k, q],
 *            dF[u,v,k,q] = Σ_n Σ_i Σ_j dy[n,i,j,q] · x[n, S·i + u − p, S·j + v − p, k],
 *            db[q] = Σ_n Σ_i Σ_j dy[n,i,j,q], p the width of the ring of zeros
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
  const dBias = build([Q], (q) => sum(arithmetic, [N, Ho, Wo], (n, i, j) => dy.at(n, i, j, q)))
  return { dx, dFilters, dBias }
}

/** φ(x) = max(x, 0), element by element. */
export function rectify<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>): NumberArray<T> {
  const zero = arithmetic.exact(0)
  return build(x.shape, (...index) => arithmetic.maximum([x.at(...index), zero]))
}

/** dx = dy where x > 0, and 0 elsewhere. */
export function rectifyGradient<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  dy: NumberArray<T>,
): NumberArray<T> {
  const zero = arithmetic.exact(0)
  return build(x.shape, (...index) =>
    arithmetic.less(zero, x.at(...index)) ? dy.at(...index) : zero,
  )
}

/** The sum of two arrays of the same shape, element by element. */
export function plus<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  y: NumberArray<T>,
): NumberArray<T> {
  return build(x.shape, (...index) => arithmetic.add(x.at(...index), y.at(...index)))
}

/** Zeros in the number and places that the filters ask for: a convolution without a bias. */
export function noBias<T>(arithmetic: Arithmetic<T>, filters: NumberArray<T>): NumberArray<T> {
  return build([filters.shape[3]], () => arithmetic.exact(0))
}
