import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { withError } from '../../../reference/arithmetic/bounded.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { roundingsOfSvd } from '../../../reference/layers/svd-accuracy.ts'
import type { Bench, Comparison } from '../../engine/property.ts'
import { limited } from '../../kit/limited.ts'
import { flushed, frobenius, shareMissed, shareOfRounding } from './svd-limits.ts'

type Matrix = NumberArray<number>

/** The vectors of both sides, one a column. */
export interface Vectors {
  readonly U: Matrix
  readonly V: Matrix
}

/** The first columns of a matrix. */
const leading = (X: Matrix, k: number): Matrix => build([X.shape[0]!, k], (i, l) => X.at(i, l))

/**
 * The sines of the angles between what the first k columns of X span and those of Q, all together: ‖(I − QQᵀ) X‖_F, Q
 * orthonormal. Sines and not cosines, which are 1 to all digits at angles that are well above a rounding.
 *
 * Source     Björck and Golub (1973), Numerical methods for computing angles between linear subspaces, section 3
 */
function sineOfLeading(X: Matrix, Q: Matrix, k: number): number {
  const [own, basis] = [leading(X, k), leading(Q, k)]
  const along = build([k, k], (a, b) =>
    sum(number, [X.shape[0]!], (i) => basis.at(i!, a) * own.at(i!, b)),
  )
  return frobenius(
    build(
      own.shape,
      (i, l) => own.at(i, l) - sum(number, [k], (a) => basis.at(i, a!) * along.at(a!, l)),
    ),
  )
}

/**
 * How large that sine may be, where the k-th value is so far above the next one.
 *
 * With p = 90 max(m, n) roundings, there are orthonormal Ũ and Ṽ, off by p a column from the vectors that are given, with
 * Ũ S Ṽᵀ = W + E and ‖E‖_F ≤ ε = 2p ‖W‖_F.
 *   Golub and Kahan: with E ≤ p ‖W‖_F, since reflections and rotations are orthogonal but for so much a column.
 *   One-sided rotations: U S = (W + E) Ṽ with E ≤ p ‖W‖_F, in which no cosine of two columns of U is above γ of max(m, n)
 *   terms, p / 90, so that ‖UᵀU − I‖_F ≤ r p / 90 ≤ p for up to 90 values; of more the cosines are not all as large, and of
 *   either sign. U = ŨH with H² = UᵀU, and H − I = (UᵀU − I)(H + I)⁻¹ is half as large: U is off by p / 2 from Ũ, and E by
 *   as much of the largest value.
 * An accuracy that is stated, of decompositions of a sample of the range, adds to ε.
 *
 * By Weyl's theorem the k-th value of W + E is at least s_k − ε, so that δ = s_k − ε − s_{k+1} parts it from what is left
 * out, where s_{r+1} = 0 on the longer side, whose other vectors have the value 0. Then, by Wedin's theorem with the
 * residuals E Ṽ and Eᵀ Ũ, the sines of either side are ε / δ at most; of symmetric matrices this is the theorem of Davis and
 * Kahan. The vectors that were given span another space than those of Ũ by √k p at most.
 *
 * Where the gap is hardly above ε nothing is said: any basis would be right.
 *
 * Source     Wedin (1972), Perturbation bounds in connection with singular value decomposition, section 3; Davis and Kahan
 *            (1970), The rotation of eigenvectors by a perturbation III, section 2; Stewart and Sun (1990), theorem V.4.4
 */
function mostTurned(
  gap: number,
  k: number,
  { off, columns }: { readonly off: number; readonly columns: number },
): number {
  const apart = gap - off
  return apart > 0 ? off / apart + Math.sqrt(k) * columns : Number.POSITIVE_INFINITY
}

/**
 * The angles of all leading vectors of an answer, against those of right ones, for every number of them after which the
 * values fall; the right ones may be off by what doubles explain of a decomposition.
 */
export function angles<T>(
  judgedBy: Bench<unknown, never>['judgedBy'],
  W: Matrix,
  given: Vectors,
  { s, ...right }: Vectors & { readonly s: readonly number[] },
): readonly Comparison<T>[] {
  const [m, n] = W.shape as [number, number]
  const norm = frobenius(W)
  const [own, double] = [shareOfRounding(judgedBy, W), roundingsOfSvd(m, n) * 2 ** -52]
  // Beside ε of either side, both values of the gap are off by the second one.
  const off = (own + shareMissed(judgedBy, W) + 2 * double) * norm + 2 * flushed(judgedBy, W)
  const gapAfter = (k: number) => s[k - 1]! - (s[k] ?? 0) - 4 * double * norm
  const falls = s.map((_, l) => l + 1).filter((k) => s[k - 1]! > (s[k] ?? 0))
  const sides = (['U', 'V'] as const).flatMap((side) => {
    // As many orthonormal vectors as they have elements span everything.
    const counts = falls.filter((k) => k < W.shape[side === 'U' ? 0 : 1]!)
    if (counts.length === 0) return []
    const limits = counts.map((k) => mostTurned(gapAfter(k), k, { off, columns: own + double }))
    const least = Math.min(...limits)
    return {
      label: `sines of the angles of the leading columns of ${side}`,
      expected: build([counts.length], (l) => withError(0, limits[l]!) as T),
      actual: build(
        [counts.length],
        (l) => withError(sineOfLeading(given[side], right[side], counts[l]!), 0) as T,
      ),
      scale: { range: [0, 1] as const, steps: 0 },
      // Errors of all elements turn a vector by as much of it, one of a single element by its share of the length.
      floor: { all: least, one: least * Math.sqrt(right[side].shape[0]!) },
    }
  })
  return sides.length > 0 ? sides : [nothing<T>()]
}

/** Of zeros, of equal values in a square, and of a single number, nothing can be said: any vectors are right. */
const nothing = <T>() => ({
  label: 'angles of any vectors',
  ...limited<T>(0, Number.POSITIVE_INFINITY),
})
