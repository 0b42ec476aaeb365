import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'

/**
 * Rectifier, element by element.
 *
 * Formula    φ(x) = max(x, 0)
 * Shapes     x → y: the same
 * Edges      NaN stays NaN
 * Source     Goodfellow, Bengio, Courville (2016), section 6.3.1
 */
export function rectify<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>): NumberArray<T> {
  const zero = arithmetic.exact(0)
  // Of equal numbers a maximum is the first, and 0 has no error, unlike a sum that happens to be 0.
  return elementwise(x, (value) => arithmetic.maximum([zero, value]))
}

/**
 * Gradient of the rectifier.
 *
 * Formula    dx = dy where x > 0, and 0 elsewhere
 * Shapes     x, dy → dx: the same
 * Edges      φ′(0) = 0; where x ≤ 0, dx is 0 whatever dy is; φ(x) will do for x
 * Source     Goodfellow, Bengio, Courville (2016), section 6.3.1
 */
export function rectifyGradient<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  dy: NumberArray<T>,
): NumberArray<T> {
  const zero = arithmetic.exact(0)
  return build(x.shape, (...at) => (arithmetic.less(zero, x.at(...at)) ? dy.at(...at) : zero))
}
