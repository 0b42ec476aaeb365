import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { roundingsOfSvd } from '../layers/svd-accuracy.ts'
import { type RealMatrix, svd } from '../matrix.ts'

/** What is known of a covariance: a factor F with FᵀF = Σ, and its spectrum. */
interface Root {
  readonly F: RealMatrix
  readonly norm: number
  readonly trace: number
  readonly traceOfRoot: number
  readonly least: number
}

/** By V diag(√s), the right vectors and singular values: those of |Σ|, which is Σ where no eigenvalue is negative. */
function rootOf(Sigma: RealMatrix): Root {
  const { U, s, V } = svd(Sigma)
  const D = s.length
  const along = s.map((_, l) => sum(number, [D], (i) => U.at(i, l) * V.at(i, l)))
  const values = s.map((value, l) => (along[l]! < 0 ? 0 : value))
  return {
    F: build([D, D], (l, i) => Math.sqrt(values[l]!) * V.at(i, l)),
    norm: Math.hypot(...s),
    trace: values.reduce((total, value) => total + value, 0),
    traceOfRoot: values.reduce((total, value) => total + Math.sqrt(value), 0),
    least: values.at(-1)!,
  }
}

/**
 * The sum of the singular values of Σ_r^½ Σ_g^½, of covariances that are known exactly.
 *
 * A root is found of a covariance that is off by e = √2 c u ‖Σ‖_F, where c = `roundingsOfSvd` and √2 comes from
 * V S Vᵀ = |Σ| (Araki and Yamagami 1981). That moves Σ^½ by no more than √e (Bhatia 1997, Matrix Analysis, chapter X),
 * and by no more than e / √λ where λ is the least eigenvalue (van Hemmen and Ando 1980), so that with δ for the smaller one
 *
 *   |Σ_i s_i(A^½ B^½) − Σ_i s_i(A'^½ B'^½)| ≤ δ_A tr B^½ + δ_B (tr A^½ + D δ_A) .
 *
 * The product of both factors and its decomposition are off by D + c roundings of ‖A^½‖_F ‖B^½‖_F = √(tr A tr B), and
 * the sum of D values by √D times as much.
 */
export function nuclearNormOfRoots<T>(
  { exact, normwise, toNumber }: Arithmetic<T>,
  covarianceReal: NumberArray<T>,
  covarianceGenerated: NumberArray<T>,
): T {
  const D = covarianceReal.shape[0]!
  const A = rootOf(elementwise(covarianceReal, toNumber))
  const B = rootOf(elementwise(covarianceGenerated, toNumber))
  if (A.trace === 0 || B.trace === 0) return exact(0)
  const product = build([D, D], (l, k) => sum(number, [D], (i) => A.F.at(l, i) * B.F.at(k, i)))
  const value = svd(product).s.reduce((total, s) => total + s, 0)
  const c = roundingsOfSvd(D, D)
  const roundings = Math.sqrt(D) * (c + D)
  const norm = Math.sqrt(A.trace * B.trace)
  const apart = (off: number) => {
    const delta = ({ norm: own, least }: Root) => {
      const e = Math.SQRT2 * c * (off / roundings) * (own / norm)
      return Math.min(Math.sqrt(e), least > 0 ? e / Math.sqrt(least) : Number.POSITIVE_INFINITY)
    }
    return delta(A) * B.traceOfRoot + delta(B) * (A.traceOfRoot + D * delta(A))
  }
  return normwise?.(value, roundings, norm, apart) ?? exact(value)
}
