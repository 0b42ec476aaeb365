import type {
  modeCoverage as coverageSpec,
  bestResponse as spec,
} from '../../spec/gan/mode-collapse.ts'
import { build, elementwise, fromData, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { shares } from './optimal-discriminator.ts'
import { logComplement } from './value-function-logarithms.ts'

/**
 * Best response of a generator to a fixed discriminator.
 *
 * Formula    losses[0] = Σ_n p[n] ln(1 − D[n]), losses[1] = min_n ln(1 − D[n]), best[n] = [a[n] = max_k a[k]]
 * Clauses    gan.mode-collapse
 * Shapes     logits, generated: [N] → losses: [2], best: [N]
 * Edges      equal logits: every point is best
 * Source     Goodfellow (2016), NIPS 2016 tutorial, section 5.1.1
 * Example    a = 0, ln 3, p = ½, ½ → losses = −(3/2) ln 2, −2 ln 2, best = 0, 1
 */
export const bestResponse: Reference<typeof spec> = (arithmetic, { logits, generated }) => {
  const { exact, less, multiply } = arithmetic
  const p = shares(arithmetic, generated)
  const loss = elementwise(logits, (a) => logComplement(arithmetic, a))
  const given = sum(arithmetic, p.shape, (n) => multiply(p.at(n), loss.at(n)))
  const best = logits.data.reduce((best, a, n) => (less(logits.at(best), a) ? n : best), 0)
  return {
    losses: fromData([2], [given, loss.at(best)]),
    best: elementwise(logits, (a) => exact(less(a, logits.at(best)) ? 0 : 1)),
  }
}

/**
 * Modes that generated samples cover.
 *
 * Formula    counts[c] = #{n : assigned[n] = c}, covered = #{c : counts[c] ≥ least}
 * Clauses    gan.mode-collapse
 * Shapes     assigned: [N] → counts: [C], covered: []
 * Edges      a mode without samples counts 0
 * Source     Goodfellow (2016), NIPS 2016 tutorial, section 5.1.1
 * Example    modes 0, 2, 2 of three, from one sample on → counts = 1, 0, 2, covered = 2
 */
export const modeCoverage: Reference<typeof coverageSpec> = (
  { exact, toNumber },
  { assigned },
  { modes, least },
) => {
  const places = assigned.data.map(toNumber)
  const counts = Array.from({ length: modes }, (_, c) => places.filter((m) => m === c).length)
  const covered = counts.filter((count) => count >= least).length
  return { counts: fromData([modes], counts.map(exact)), covered: build([], () => exact(covered)) }
}
