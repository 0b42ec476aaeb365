import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import type { NumberArray } from '../arithmetic/array.ts'
import { biasGradient } from './bias.ts'
import { convolution } from './convolution.ts'
import { convolutionFilterGradient, convolutionInputGradient } from './convolution-gradient.ts'
import type { Sliding } from './window.ts'

/** The windows of an odd square kernel, whose middle lies on pixels 0, S, 2S, … of the image. */
function halfPadding(filters: { readonly shape: readonly number[] }, stride: number): Sliding {
  const p = (filters.shape[0]! - 1) / 2
  return { strides: [stride, stride], dilations: [1, 1], padding: [p, p, p, p] }
}

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
  return convolution(arithmetic, x, filters, bias, halfPadding(filters, stride))
}

/**
 * Gradients of a convolution with half padding.
 *
 * Formula    those of any convolution, with p = (U − 1) / 2 zeros on every side
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
  const windows = halfPadding(filters, stride)
  const [, H, W] = x.shape as [number, number, number]
  const [U, V] = filters.shape as [number, number]
  return {
    dx: convolutionInputGradient(arithmetic, filters, dy, [H, W], windows),
    dFilters: convolutionFilterGradient(arithmetic, x, dy, [U, V], windows),
    dBias: biasGradient(arithmetic, dy),
  }
}
