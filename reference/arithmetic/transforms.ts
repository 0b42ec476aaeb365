import type { TransformSize } from './arithmetic.ts'

/**
 * The largest error of an element of a convolution by transforms, as a multiple of u ‖x‖ ‖F‖, where x is
 * the image with all its channels and F the filter with all of its own: that of Winograd's algorithm or
 * that of Fourier transforms, whichever is larger, since libraries choose between them by themselves.
 *
 * Source     Barabasz, Anderson, Soodhalter, Gregg (2020), Error analysis and improving the accuracy of
 *            Winograd convolution for deep neural networks, section 4; Higham (2002), section 24.1
 */
export function normwiseConstant(size: TransformSize): number {
  const small = size.kernel.every((extent) => extent === 3)
  return Math.max(fourier(size), small ? winograd(size) : 0)
}

/** How many times as large as the product of the norms what Winograd's F(4 × 4, 3 × 3) adds up may be. */
export const amplification = 19.52 ** 2

/**
 * Winograd's F(4 × 4, 3 × 3), which contains F(2 × 2, 3 × 3).
 *
 * A tile is Aᵀ[Σ_k (G F_k Gᵀ) ⊙ (Bᵀ x_k B)]A. An element is made of Σ_a |A[a,i]| ‖G[a]‖ ‖B[:,a]‖, along
 * both axes, times ‖x_k‖ ‖F_k‖ at most: 19.52² for the points 0, ±1, ±2 and ∞. A transform of a filter
 * rounds a constant, a product and two additions along each axis, one of an image a product and three
 * additions, the one back four additions: 8 + 8 + 8 roundings, with the product and the channels 24 + K.
 */
function winograd({ channels }: TransformSize): number {
  return amplification * (24 + channels)
}

/**
 * Fast Fourier transforms of radix 2.
 *
 * A transform of length 2^l is off by l η of its norm, η = μ + γ₄(√2 + μ) < 7u for roots of unity that are
 * rounded to nearest, μ = u (Higham 2002, theorem 24.2). By Parseval and Cauchy-Schwarz the errors of both
 * transforms arrive as l η ‖x‖ ‖F‖ each. The transform back is off by l η of the norm of the whole
 * response, at most the 1-norm of the filter times ‖x‖: √(taps) ‖F‖ ‖x‖. A complex product is off by
 * √2 γ₂ < 3u, and the sum over the channels by K − 1 roundings.
 */
function fourier({ image, kernel, channels }: TransformSize): number {
  const levels = [0, 1].reduce(
    (sum, axis) => sum + Math.ceil(Math.log2(image[axis]! + kernel[axis]! - 1)),
    0,
  )
  const taps = kernel[0] * kernel[1]
  return 7 * levels * (2 + Math.sqrt(taps)) + 3 + channels
}
