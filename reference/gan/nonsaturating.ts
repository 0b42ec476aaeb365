import type {
  fixedDiscriminatorGradient as fixedSpec,
  nonSaturatingDivergenceGradient as gradientSpec,
  generatorLosses as lossesSpec,
  nonSaturatingDivergence as spec,
} from '../../spec/gan/nonsaturating.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import { softmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'
import { complement } from './network.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Saturating and non-saturating loss of a generator.
 *
 * Formula    ln(1 − σ(a)) and −ln σ(a); their derivatives −σ(a) and −(1 − σ(a)); the means of these times the
 *            derivatives of the logits by the parameters
 * Clauses    gan.minimax-vs-nonsaturating, gan.nonsaturating-gradient
 * Shapes     logits: [M], jacobian: [M, P] → four of [M], two of [P]
 * Edges      no loss of a finite logit is infinite
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), section 3
 * Example    a = 0, da/dθ = 4 → −ln 2, ln 2, −½, −½, −2, −2
 */
export const generatorLosses: Reference<typeof lossesSpec> = (arithmetic, { logits, jacobian }) => {
  const { multiply, negate } = arithmetic
  const [M, P] = jacobian.shape as [number, number]
  const saturatingSlope = elementwise(logits, (a) => negate(sigmoid(arithmetic, a)))
  const nonSaturatingSlope = elementwise(logits, (a) => negate(complement(arithmetic, a)))
  const gradient = (slopes: typeof logits) =>
    build([P], (p) => mean(arithmetic, [M], (m) => multiply(slopes.at(m), jacobian.at(m, p))))
  return {
    saturating: elementwise(logits, (a) => logComplement(arithmetic, a)),
    nonSaturating: elementwise(logits, (a) => negate(logSigmoid(arithmetic, a))),
    saturatingSlope,
    nonSaturatingSlope,
    saturatingGradient: gradient(saturatingSlope),
    nonSaturatingGradient: gradient(nonSaturatingSlope),
  }
}

/** The distributions of the generator, a softmax, and of the data. */
function distributions<T>(arithmetic: Arithmetic<T>, theta: NumberArray<T>, data: NumberArray<T>) {
  const [N] = theta.shape as [number]
  const scores = softmax(
    arithmetic,
    build([1, N], (_, n) => theta.at(n)),
  )
  const all = sum(arithmetic, [N], (n) => data.at(n))
  return {
    q: build([N], (n) => scores.at(0, n)),
    p: elementwise(data, (d) => arithmetic.divide(d, all)),
  }
}

/**
 * Gradient by the scores of a softmax, from that by its probabilities.
 *
 * Formula    dθ_j = q_j (dq_j − Σ_n q_n dq_n)
 * Source     Goodfellow, Bengio, Courville (2016), section 6.2.2.3, by differentiation
 */
function throughSoftmax<T>(
  arithmetic: Arithmetic<T>,
  q: NumberArray<T>,
  dq: NumberArray<T>,
): NumberArray<T> {
  const { multiply, subtract } = arithmetic
  const middle = sum(arithmetic, q.shape, (n) => multiply(q.at(n), dq.at(n)))
  return build(q.shape, (j) => multiply(q.at(j), subtract(dq.at(j), middle)))
}

/**
 * Divergence that the non-saturating loss goes down on.
 *
 * Formula    KL(q ‖ p) − 2 JSD(p ‖ q), of which q ln q drops out: Σ_n (p_n + q_n) ln((p_n + q_n) / 2p_n), so that no
 *            logarithm is of a probability that is rounded to 0
 * Clauses    gan.nonsaturating-divergence
 * Shapes     theta, data: [N] → divergence: []
 * Edges      q = p: 0
 * Source     Arjovsky, Bottou (2017), theorem 2.5
 * Example    θ = 0, 0, data 3, 1: q = ½, ½, p = ¾, ¼ → 5/4 ln 5/6 + 3/4 ln 3/2 = 0.0762
 */
export const nonSaturatingDivergence: Reference<typeof spec> = (arithmetic, { theta, data }) => {
  const { add, divide, log, multiply } = arithmetic
  const { p, q } = distributions(arithmetic, theta, data)
  const both = build(p.shape, (n) => add(p.at(n), q.at(n)))
  const divergence = sum(arithmetic, p.shape, (n) =>
    multiply(both.at(n), log(divide(both.at(n), add(p.at(n), p.at(n))))),
  )
  return { divergence: build([], () => divergence) }
}

/**
 * Gradient of the divergence by the scores of the generator.
 *
 * Formula    dq_n = ln((p_n + q_n) / 2p_n) + 1, of which the 1 drops out behind a softmax
 * Clauses    gan.nonsaturating-divergence
 * Shapes     theta, data: [N], dDivergence: [] → dTheta: [N]
 * Edges      one point, or q = p: 0
 * Source     by differentiation
 * Example    θ = 0, 0, data 3, 1, dDivergence = 1 → ∓¼ ln 9/5 = ∓0.1469
 */
export const nonSaturatingDivergenceGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { theta, data, dDivergence },
) => {
  const { add, divide, log, multiply } = arithmetic
  const { p, q } = distributions(arithmetic, theta, data)
  const dq = build(p.shape, (n) =>
    multiply(dDivergence.at(), log(divide(add(p.at(n), q.at(n)), add(p.at(n), p.at(n))))),
  )
  return { dTheta: throughSoftmax(arithmetic, q, dq) }
}

/**
 * Gradient of the non-saturating loss before a discriminator that is held fixed.
 *
 * Formula    D* = p / (p + q), E = Σ_n q_n (−ln D*_n), ∂E/∂q_n = −ln D*_n
 * Clauses    gan.nonsaturating-divergence
 * Shapes     theta, data: [N] → discriminator: [N], loss: [], gradient: [N]
 * Edges      one point: D* = ½, E = ln 2, and no gradient
 * Source     Arjovsky, Bottou (2017), theorem 2.5
 * Example    θ = 0, 0, data 3, 1 → D* = 3/5, 1/3, E = ½ ln 5, gradient ∓¼ ln 9/5
 */
export const fixedDiscriminatorGradient: Reference<typeof fixedSpec> = (
  arithmetic,
  { theta, data },
) => {
  const { add, anyOf, divide, log, multiply, negate } = arithmetic
  const { p, q } = distributions(arithmetic, theta, data)
  const discriminator = build(p.shape, (n) => divide(p.at(n), add(p.at(n), q.at(n))))
  const cost = build(p.shape, (n) =>
    anyOf(
      () => negate(log(discriminator.at(n))),
      () => log(divide(add(p.at(n), q.at(n)), p.at(n))),
    ),
  )
  return {
    discriminator,
    loss: build([], () => sum(arithmetic, p.shape, (n) => multiply(q.at(n), cost.at(n)))),
    gradient: throughSoftmax(arithmetic, q, cost),
  }
}
