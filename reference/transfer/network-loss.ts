import { anyOf, mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { crossEntropyGradient, crossEntropyTerms } from '../layers/cross-entropy.ts'

export type Loss = 'squares' | 'softmax'

/** ½ Σ_c (z − t)² of each sample. */
function halfSquares<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
): NumberArray<T> {
  const { exact, multiply } = arithmetic
  const [N, C] = z.shape as [number, number]
  const miss = minus(arithmetic, z, t)
  return build([N], (n) => {
    const squares = sum(arithmetic, [C], (c) => multiply(miss.at(n, c), miss.at(n, c)))
    return multiply(exact(0.5), squares)
  })
}

/**
 * The mean over the samples of ½ Σ_c (z − t)², in which all squares may be added up before they are halved, or of the
 * cross-entropy of t with the softmax of z; of either, all classes of all samples may be added up at once.
 */
export function meanLoss<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
  kind: Loss,
): T {
  const { anyOf, divide, exact, multiply } = arithmetic
  const [N, C] = z.shape as [number, number]
  const overAll = (terms: NumberArray<T>) => sum(arithmetic, [N, C], (n, c) => terms.at(n, c))
  if (kind === 'softmax') {
    const terms = crossEntropyTerms(arithmetic, z, t)
    return anyOf(
      () => mean(arithmetic, [N], (n) => sum(arithmetic, [C], (c) => terms.at(n, c))),
      () => divide(overAll(terms), exact(N)),
    )
  }
  const losses = halfSquares(arithmetic, z, t)
  const squares = () => elementwise(minus(arithmetic, z, t), (miss) => multiply(miss, miss))
  return anyOf(
    () => mean(arithmetic, [N], (n) => losses.at(n)),
    () => divide(multiply(exact(0.5), overAll(squares())), exact(N)),
  )
}

/**
 * The gradient of the mean loss by the scores: (z − t) / N, or ((Σ_c t) softmax(z) − t) / N, in which the
 * targets may be divided first.
 */
export function scoreGradient<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
  kind: Loss,
): NumberArray<T> {
  const N = arithmetic.exact(z.shape[0]!)
  const divided = (x: NumberArray<T>) => elementwise(x, (each) => arithmetic.divide(each, N))
  if (kind === 'squares') return divided(minus(arithmetic, z, t))
  return anyOf(
    arithmetic,
    () => divided(crossEntropyGradient(arithmetic, z, t)),
    () => crossEntropyGradient(arithmetic, z, divided(t)),
  )
}
