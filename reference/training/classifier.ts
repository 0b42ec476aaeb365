import type { diagnoseRate as spec } from '../../spec/training/classifier.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Diagnosis of the learning rate from a curve of losses.
 *
 * Formula    0 when a loss is not finite or E_T > c₁ E_1; else
 *            1 when no E_{t+1} > E_t and E_1 − E_T < c₂ E_1; else
 *            2 when E_1 − E_T ≥ c₂ E_1 and E_T < E_{T−1}; else 3
 * Clauses    training.lr.classifier
 * Shapes     losses: [T] → diagnosis: []
 * Edges      a loss that never changes is too low a rate; one that is 0 throughout is none of these
 * Source     Stanford CS231n, Neural networks part 3, put into numbers
 * Example    4, 3, 2 → 2; 4, 3.9, 3.8 → 1; 4, 2, 9 → 0; 4, 2, 2 → 3
 */
export const diagnoseRate: Reference<typeof spec> = (
  arithmetic,
  { losses },
  { growth, progress },
) => {
  const { exact, less, multiply, subtract, toNumber } = arithmetic
  const T = losses.shape[0]!
  const [first, previous, last] = [losses.at(0), losses.at(T - 2), losses.at(T - 1)]

  const diagnose = () => {
    if (!losses.data.every((loss) => Number.isFinite(toNumber(loss)))) return 0
    if (less(multiply(exact(growth), first), last)) return 0
    const slow = less(subtract(first, last), multiply(exact(progress), first))
    const rises = losses.data.some((loss, t) => t > 0 && less(losses.at(t - 1), loss))
    if (slow && !rises) return 1
    return !slow && less(last, previous) ? 2 : 3
  }
  const diagnosis = exact(diagnose())
  return { diagnosis: build([], () => diagnosis) }
}
