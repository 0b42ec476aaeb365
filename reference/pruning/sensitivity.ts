import type { sensitivity as spec } from '../../spec/pruning/sensitivity.ts'
import { build, sum } from '../arithmetic/array.ts'
import { halfForm } from '../layers/quadratic-form.ts'
import type { Reference } from '../reference.ts'

/**
 * Change of a quadratic loss by the removal of each weight.
 *
 * Formula    E(w) = ½ Σ_i Σ_j H[i,j] (w[i] − ŵ[i]) (w[j] − ŵ[j]); changes[k] = E(w with w[k] = 0) − E(w);
 *            first = the k with the smallest change
 * Clauses    pruning.sensitivity
 * Shapes     matrix: [P, P], minimum, weights: [P] → changes: [P], first: []
 * Edges      of equal changes the lower index; a weight of 0 changes nothing
 * Source     Mozer, Smolensky (1989); LeCun, Denker, Solla (1990), equation 1
 * Example    H = 2, 0 | 0, 1, ŵ = w = 1, 4 → changes = 1, 8, first 0
 */
export const sensitivity: Reference<typeof spec> = (arithmetic, { matrix, minimum, weights }) => {
  const { add, anyOf, exact, less, multiply, negate, subtract } = arithmetic
  const [P] = weights.shape as [number]
  type Value = ReturnType<typeof exact>
  const [half, zero] = [exact(0.5), exact(0)]
  const E = (w: (i: number) => Value) => {
    return halfForm(
      arithmetic,
      matrix,
      build([P], (i) => subtract(w(i), minimum.at(i))),
    )
  }
  const before = E((i) => weights.at(i))
  const d = (j: number) => subtract(weights.at(j), minimum.at(j))
  const changes = build([P], (k) =>
    anyOf(
      () =>
        subtract(
          E((i) => (i === k ? zero : weights.at(i))),
          before,
        ),
      () => {
        const w = weights.at(k)
        const twice = sum(arithmetic, [P], (j) =>
          multiply(add(matrix.at(k, j), matrix.at(j, k)), d(j)),
        )
        const square = multiply(multiply(half, matrix.at(k, k)), multiply(w, w))
        return add(negate(multiply(half, multiply(w, twice))), square)
      },
    ),
  )
  let first = 0
  for (let k = 1; k < P; k++) if (less(changes.at(k), changes.at(first))) first = k
  return { changes, first: build([], () => exact(first)) }
}
