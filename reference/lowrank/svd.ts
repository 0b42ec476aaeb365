import type { svd as spec } from '../../spec/lowrank/svd.ts'
import { elementwise, fromData } from '../arithmetic/array.ts'
import { roundingsOfSvd } from '../layers/svd-accuracy.ts'
import { svd as decompose } from '../matrix.ts'
import type { Reference } from '../reference.ts'

/**
 * Singular value decomposition.
 *
 * Formula    weights = U diag(S) Vᵀ, UᵀU = VᵀV = I, S[0] ≥ S[1] ≥ … ≥ 0
 * Clauses    lowrank.svd
 * Shapes     weights: [H, W] → U: [H, R], S: [R], V: [W, R], R = min(H, W)
 * Edges      the vectors are those of one of many right answers, so that nothing is said of their elements
 * Precision  with a profile that states an accuracy, values are off by that share of the norm, too, by Weyl's theorem
 * Source     Golub and Van Loan (2013), theorem 2.4.1; the bound is in `svd-accuracy.ts`
 * Example    weights = [[0, 2], [1, 0]] → S = 2, 1
 */
export const svd: Reference<typeof spec> = (arithmetic, { weights }) => {
  const { decomposition = 0, exact, normwise, toNumber } = arithmetic
  const W = elementwise(weights, toNumber)
  const { U, s, V } = decompose(W)
  const [m, k] = W.shape as [number, number]
  const largest = Math.max(...W.data.map(Math.abs))
  const norm = largest > 0 ? largest * Math.hypot(...W.data.map((w) => w / largest)) : 0
  const roundings = roundingsOfSvd(m, k)

  const value = (x: number) => normwise?.(x, roundings, norm, decomposition * norm) ?? exact(x)
  // Two unit vectors differ by 2 at most in any element.
  const direction = (x: number) => normwise?.(x, roundings, 1, 2) ?? exact(x)
  return {
    U: elementwise(U, direction),
    S: fromData([s.length], s.map(value)),
    V: elementwise(V, direction),
  }
}
