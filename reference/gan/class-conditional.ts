import type {
  conditionalDivergence as divergenceSpec,
  conditionalValue as spec,
} from '../../spec/gan/class-conditional.ts'
import { build, memberOf, sum, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { jensenShannonOf } from './jsd-equivalence.ts'
import { shares } from './optimal-discriminator.ts'
import { expectedValue } from './value-function.ts'
import { mean } from './value-function-mean.ts'

/**
 * Value of a discriminator and a generator that are told the class.
 *
 * Formula    ofClass[c] = Σ_n p[c,n] ln σ(a[c,n]) + q[c,n] ln σ(−a[c,n]), value = Σ_c w[c] ofClass[c], p, q and w
 *            as shares, p and q of each class
 * Clauses    gan.class-conditional
 * Shapes     logits, data, generated: [C, N], classes: [C] → value: [], ofClass: [C]
 * Edges      one class: the value of the game without classes
 * Source     Mirza, Osindero (2014), equation 2
 * Example    a = (0), (ln 3), one point, classes = 3, 1 → ofClass = −ln 4, ln(3/16), value = their mean, 3 to 1
 */
export const conditionalValue: Reference<typeof spec> = (
  arithmetic,
  { logits, classes, data, generated },
) => {
  const [C] = logits.shape as [number, number]
  const ofClass = build([C], (c) => {
    const [a, p, q] = [logits, data, generated].map((rows) => memberOf(rows, c))
    return expectedValue(arithmetic, { logits: a!, data: p!, generated: q! }, {}).value.at()
  })
  return { value: build([], () => mean(arithmetic, ofClass, (c) => classes.at(c))), ofClass }
}

/**
 * Jensen–Shannon divergence of samples with their classes, and of samples alone.
 *
 * Formula    joint = Σ_c w[c] JSD(p[c], q[c]), marginal = JSD(Σ_c w[c] p[c], Σ_c w[c] q[c])
 * Clauses    gan.class-conditional
 * Shapes     data, generated: [C, N], classes: [C] → joint, marginal: []
 * Edges      one class: both are the same
 * Source     Mirza, Osindero (2014), section 3; Lin (1991), section 3
 * Example    p = (1, 0), (0, 1), q = (0, 1), (1, 0), classes = 1, 1 → joint = ln 2, marginal = 0
 */
export const conditionalDivergence: Reference<typeof divergenceSpec> = (
  arithmetic,
  { classes, data, generated },
) => {
  const [C, N] = data.shape as [number, number]
  const w = shares(arithmetic, classes)
  const rows = Array.from({ length: C }, (_, c) => ({
    p: shares(arithmetic, memberOf(data, c)),
    q: shares(arithmetic, memberOf(generated, c)),
  }))
  const mixed = (of: 'p' | 'q') =>
    build([N], (n) =>
      sumOfProducts(
        arithmetic,
        [C],
        (c) => w.at(c),
        (c) => rows[c]![of].at(n),
      ),
    )
  const ofClass = (c: number) => jensenShannonOf(arithmetic, rows[c]!.p, rows[c]!.q)
  return {
    joint: build([], () => sum(arithmetic, [C], (c) => arithmetic.multiply(w.at(c), ofClass(c)))),
    marginal: build([], () => jensenShannonOf(arithmetic, mixed('p'), mixed('q'))),
  }
}
