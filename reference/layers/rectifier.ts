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
 * Precision  the bounds cover dy times 0 or 1, which is no number where dy overflowed on its way
 * Source     Goodfellow, Bengio, Courville (2016), section 6.3.1
 */
export function rectifyGradient<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  dy: NumberArray<T>,
): NumberArray<T> {
  const { anyOf, exact, less, multiply, toNumber } = arithmetic
  const zero = exact(0)
  return build(x.shape, (...at) => {
    const behind = dy.at(...at)
    if (less(zero, x.at(...at))) return behind
    // What is given may be infinite, and then the slope decides.
    if (!Number.isFinite(toNumber(behind))) return zero
    return anyOf(
      () => zero,
      () => multiply(zero, behind),
    )
  })
}
