import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { svd } from '../../../reference/matrix.ts'
import { frobenius } from './svd-limits.ts'

type Matrix = NumberArray<number>

export const product = (A: Matrix, B: Matrix): Matrix =>
  build([A.shape[0]!, B.shape[1]!], (i, j) =>
    sum(number, [A.shape[1]!], (l) => A.at(i, l!) * B.at(l!, j)),
  )
export const turned = (A: Matrix): Matrix => build(A.shape.toReversed(), (i, j) => A.at(j, i))
export const less = (A: Matrix, B: Matrix): Matrix =>
  build(A.shape, (i, j) => A.at(i, j) - B.at(i, j))

/**
 * By how much the matrix may be missed, and how many times ‖A‖ a rounding of the images may cost beside it:
 * of the leading right vectors that as many test vectors can tell, those with which it is least.
 *
 * For any matrix X, the projection on the columns of Y = AΩ leaves no more of A than A − YX, of which it is the nearest
 * one. With X = Ω₁† V₁ᵀ, and V₁ᵀ Ω = Ω₁ of full rank, the leading part of A is given back: what is left is
 * Σ₂ V₂ᵀ − Σ₂ Ω₂ Ω₁† V₁ᵀ, whose parts are orthogonal, as in theorem 9.1 of Halko, Martinsson and Tropp. Where images are
 * off by E, as much as ‖E‖ ‖X‖ is added. That V₁ is rounded does not matter, since any X will do.
 */
export function mostLeft(A: Matrix, test: Matrix, share: number): number {
  const R = test.shape[1]!
  const norm = frobenius(A)
  const { V } = svd(A)
  let least = norm
  for (let k = 1; k <= R; k++) {
    const leading = build([k, V.shape[0]!], (l, j) => V.at(j, l))
    const X = product(pseudoinverse(product(leading, test)), leading)
    const cost = 3 * share * norm * (1 + frobenius(test) * frobenius(X))
    const left = frobenius(less(A, product(product(A, test), X))) + cost
    if (Number.isFinite(left)) least = Math.min(least, left)
  }
  return least
}

function pseudoinverse(M: Matrix): Matrix {
  const { U, s, V } = svd(M)
  return product(
    build(V.shape, (i, l) => V.at(i, l) / s[l]!),
    turned(U),
  )
}
