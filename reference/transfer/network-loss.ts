import { anyOf, mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { crossEntropy, crossEntropyGradient } from '../layers/cross-entropy.ts'

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
 * cross-entropy of t with the softmax of z.
 */
export function meanLoss<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
  kind: Loss,
): T {
  const [N, C] = z.shape as [number, number]
  const losses = kind === 'squares' ? halfSquares(arithmetic, z, t) : crossEntropy(arithmetic, z, t)
  const meanOf = () => mean(arithmetic, [N], (n) => losses.at(n))
  if (kind === 'softmax') return meanOf()
  const { divide, exact, multiply } = arithmetic
  const miss = minus(arithmetic, z, t)
  return arithmetic.anyOf(meanOf, () => {
    const squares = sum(arithmetic, [N, C], (n, c) => multiply(miss.at(n, c), miss.at(n, c)))
    return divide(multiply(exact(0.5), squares), exact(N))
  })
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
