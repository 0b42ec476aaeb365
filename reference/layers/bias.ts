import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'

/**
 * A bias for each channel or unit, the same at every place of every sample.
 *
 * Formula    y[…,q] = x[…,q] + b[q]
 * Shapes     x: […, Q], b: [Q] → y: […, Q]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 */
export function addBias<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  b: NumberArray<T>,
): NumberArray<T> {
  return build(x.shape, (...at) => arithmetic.add(x.at(...at), b.at(at.at(-1)!)))
}

/**
 * Gradient by the biases: the sum over samples and places.
 *
 * Formula    db[q] = Σ_… dy[…,q]
 * Shapes     dy: […, Q] → db: [Q]
 * Edges      no sample gives 0
 * Source     Goodfellow, Bengio, Courville (2016), section 9.5
 */
export function biasGradient<T>(arithmetic: Arithmetic<T>, dy: NumberArray<T>): NumberArray<T> {
  const places = dy.shape.slice(0, -1)
  return build(dy.shape.slice(-1), (q) => sum(arithmetic, places, (...place) => dy.at(...place, q)))
}
