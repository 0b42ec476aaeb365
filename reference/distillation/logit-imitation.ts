import type {
  scoreLossGradient as gradientSpec,
  scoreLoss as spec,
} from '../../spec/distillation/logit-imitation.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import type { Reference } from '../reference.ts'

/**
 * Half the squared distance of the scores of a student from those of its teacher.
 *
 * Formula    1/N ½ Σ_n Σ_c (z[n,c] − v[n,c])²
 * Clauses    distillation.logit-imitation
 * Shapes     z, v: [N, C] → loss: []
 * Edges      equal scores: 0
 * Source     Ba, Caruana (2014), section 2
 * Example    z = 3, 1, v = 1, 1 → 2
 */
export const scoreLoss: Reference<typeof spec> = (arithmetic, { z, v }) => {
  const { divide, exact, multiply } = arithmetic
  const [N, C] = z.shape as [number, number]
  const miss = minus(arithmetic, z, v)
  // One sum, since many add up all squares at once.
  const squares = sum(arithmetic, [N, C], (n, c) => multiply(miss.at(n, c), miss.at(n, c)))
  const loss = divide(multiply(exact(0.5), squares), exact(N))
  return { loss: build([], () => loss) }
}

/**
 * Gradients of the distance of the scores of a student from those of its teacher.
 *
 * Formula    dz[n,c] = dLoss (z[n,c] − v[n,c]) / N = −dv[n,c]
 * Clauses    distillation.logit-imitation
 * Shapes     z, v: [N, C], dLoss: [] → dz, dv: [N, C]
 * Edges      equal scores: 0
 * Source     Ba, Caruana (2014), section 2, by differentiation
 * Example    z = 3, 1, v = 1, 1, dLoss = 2 → dz = 4, 0, dv = −4, 0
 */
export const scoreLossGradient: Reference<typeof gradientSpec> = (arithmetic, { z, v, dLoss }) => {
  const { anyOf, divide, exact, multiply, negate } = arithmetic
  const g = divide(dLoss.at(), exact(z.shape[0]!))
  const dz = elementwise(minus(arithmetic, z, v), (miss) =>
    anyOf(
      () => multiply(g, miss),
      () => multiply(multiply(g, exact(0.5)), multiply(exact(2), miss)),
    ),
  )
  return { dz, dv: elementwise(dz, negate) }
}
