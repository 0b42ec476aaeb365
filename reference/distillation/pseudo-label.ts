import type { pseudoLabels as spec } from '../../spec/distillation/pseudo-label.ts'
import { mean } from '../arithmetic/any-of.ts'
import { build, memberOf } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Targets from the predictions of an ensemble.
 *
 * Formula    p̄ = 1/T Σ_m p[m]: soft t = p̄; hard t[n,c] = 1 where c is the first k with the largest p̄[n,k], else 0
 * Clauses    distillation.pseudo-label, distillation.soft-info
 * Shapes     predictions: [T, N, C] → targets: [N, C]
 * Edges      equal means: the first class; one class, hard: 1
 * Source     Buciluă, Caruana, Niculescu-Mizil (2006), section 2
 * Example    predictions (1, 3) and (2, 4): soft → 1½, 3½; hard → 0, 1
 */
export const pseudoLabels: Reference<typeof spec> = (arithmetic, { predictions }, { kind }) => {
  const { exact, less } = arithmetic
  const [T, N, C] = predictions.shape as [number, number, number]
  // What one member predicts is not divided, so that equal predictions are known to be equal.
  const average =
    T === 1
      ? memberOf(predictions, 0)
      : build([N, C], (n, c) => mean(arithmetic, [T], (m) => predictions.at(m, n, c)))
  if (kind === 'soft') return { targets: average }

  const label = (n: number) => {
    let largest = 0
    for (let c = 1; c < C; c++) if (less(average.at(n, largest), average.at(n, c))) largest = c
    return largest
  }
  const labels = Array.from({ length: N }, (_, n) => label(n))
  return { targets: build([N, C], (n, c) => exact(labels[n] === c ? 1 : 0)) }
}
