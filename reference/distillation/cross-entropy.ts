import type {
  crossEntropyGradient as gradientSpec,
  probabilityCrossEntropyGradient as probabilityGradientSpec,
  probabilityCrossEntropy as probabilitySpec,
  crossEntropy as spec,
} from '../../spec/distillation/cross-entropy.ts'
import { anyOf } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { crossEntropyGradient as scoreGradient } from '../layers/cross-entropy.ts'
import { softmax, throughLogSoftmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'
import { logarithms } from './softmax-scores.ts'

type Given<T> = Readonly<Record<'targets' | 'weights' | 'counted', NumberArray<T>>>

/** −ln softmax(z). */
const atScores = <T>(arithmetic: Arithmetic<T>, z: NumberArray<T>) =>
  elementwise(logarithms(arithmetic, z, 1), arithmetic.negate)

/** −ln (q + ε). */
const atProbabilities = <T>(arithmetic: Arithmetic<T>, q: NumberArray<T>, epsilon: number) => {
  const { add, exact, log, negate } = arithmetic
  return elementwise(q, (each) => negate(log(add(each, exact(epsilon)))))
}

/** What the sum over the samples is divided by. */
function divisor<T>(arithmetic: Arithmetic<T>, counted: NumberArray<T>, reduction: string): T {
  const count = counted.data.filter((bit) => arithmetic.toNumber(bit) === 1).length
  return arithmetic.exact(reduction === 'mean' ? Math.max(1, count) : 1)
}

/** w_c t[n,c] of the samples that count. */
function wanted<T>({ multiply }: Arithmetic<T>, { targets, weights, counted }: Given<T>) {
  return build(targets.shape, (n, c) =>
    multiply(counted.at(n), multiply(weights.at(c), targets.at(n, c))),
  )
}

/** The surprise at each class, as the targets and the weights have it. */
function reduced<T>(
  arithmetic: Arithmetic<T>,
  s: NumberArray<T>,
  given: Given<T>,
  reduction: string,
): NumberArray<T> {
  const { divide, multiply } = arithmetic
  const B = divisor(arithmetic, given.counted, reduction)
  const t = wanted(arithmetic, given)
  const whole = sum(arithmetic, s.shape, (n, c) => multiply(t.at(n, c), s.at(n, c)))
  return build([], () => divide(whole, B))
}

/** The gradients by the targets and by the weights, g = dLoss / B. */
function slopes<T>(
  arithmetic: Arithmetic<T>,
  s: NumberArray<T>,
  { targets, weights, counted }: Given<T>,
  g: T,
) {
  const { multiply } = arithmetic
  const [N] = s.shape as [number, number]
  const felt = build(s.shape, (n, c) => multiply(counted.at(n), s.at(n, c)))
  return {
    dTargets: build(s.shape, (n, c) => multiply(g, multiply(weights.at(c), felt.at(n, c)))),
    dWeights: build(weights.shape, (c) =>
      multiply(
        g,
        sum(arithmetic, [N], (n) => multiply(targets.at(n, c), felt.at(n, c))),
      ),
    ),
  }
}

/**
 * Cross-entropy of targets with the softmax of scores.
 *
 * Formula    1/B Σ_n k[n] Σ_c w[c] t[n,c] (−ln softmax(z)[n,c]), B = max(1, Σ_n k[n]) for a mean, 1 for a sum
 * Clauses    distillation.cross-entropy, distillation.soft-info
 * Shapes     z, targets: [N, C], weights: [C], counted: [N] → loss: []
 * Edges      no sample that counts: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.30
 * Example    z = 0, 0, t = 1, 0, w = 3, 1 → 3 ln 2
 */
export const crossEntropy: Reference<typeof spec> = (
  arithmetic,
  { z, ...given },
  { reduction },
) => ({
  loss: reduced(arithmetic, atScores(arithmetic, z), given, reduction),
})

/**
 * Gradients of the cross-entropy of targets with the softmax of scores.
 *
 * Formula    g = dLoss / B: dz[n,c] = g k[n] (softmax(z)[n,c] Σ_j w[j] t[n,j] − w[c] t[n,c]),
 *            dTargets[n,c] = −g k[n] w[c] ln softmax(z)[n,c], dWeights[c] = −g Σ_n k[n] t[n,c] ln softmax(z)[n,c]
 * Clauses    distillation.cross-entropy, distillation.soft-info
 * Shapes     as of the loss, dLoss: []; each gradient as what it belongs to
 * Edges      a sample that does not count: 0
 * Source     Goodfellow, Bengio, Courville (2016), section 6.2.2.3, by differentiation
 * Example    z = 0, 0, t = 1, 0, w = 3, 1, dLoss = 2 → dz = −3, 3, dTargets = 6 ln 2, 2 ln 2, dWeights = 2 ln 2, 0
 */
export const crossEntropyGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { z, dLoss, ...given },
  { reduction },
) => {
  const { divide, multiply, negate } = arithmetic
  const g = divide(dLoss.at(), divisor(arithmetic, given.counted, reduction))
  const t = wanted(arithmetic, given)
  const scaled = elementwise(t, (each) => multiply(g, each))
  return {
    // The difference may cancel where its terms, multiplied first, do not; and underflow where they do not.
    dz: anyOf(
      arithmetic,
      () => scoreGradient(arithmetic, z, scaled),
      () => elementwise(scoreGradient(arithmetic, z, t), (each) => multiply(g, each)),
      () => throughLogSoftmax(arithmetic, softmax(arithmetic, z), elementwise(scaled, negate)),
    ),
    ...slopes(arithmetic, atScores(arithmetic, z), given, g),
  }
}

/**
 * Cross-entropy of targets with probabilities.
 *
 * Formula    1/B Σ_n k[n] Σ_c w[c] t[n,c] (−ln (q[n,c] + ε)), B = max(1, Σ_n k[n]) for a mean, 1 for a sum
 * Clauses    distillation.cross-entropy
 * Shapes     q, targets: [N, C], weights: [C], counted: [N] → loss: []
 * Edges      a probability of 0: −ln ε; no sample that counts: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 3.51
 * Example    q = 0, ½, t = 1, 2, w = 1, 1, ε = ½ → ln 2
 */
export const probabilityCrossEntropy: Reference<typeof probabilitySpec> = (
  arithmetic,
  { q, ...given },
  { reduction, epsilon },
) => ({ loss: reduced(arithmetic, atProbabilities(arithmetic, q, epsilon), given, reduction) })

/**
 * Gradients of the cross-entropy of targets with probabilities.
 *
 * Formula    g = dLoss / B: dq[n,c] = −g k[n] w[c] t[n,c] / (q[n,c] + ε),
 *            dTargets[n,c] = −g k[n] w[c] ln (q[n,c] + ε), dWeights[c] = −g Σ_n k[n] t[n,c] ln (q[n,c] + ε)
 * Clauses    distillation.cross-entropy
 * Shapes     as of the loss, dLoss: []; each gradient as what it belongs to
 * Edges      a sample that does not count: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 3.51, by differentiation
 * Example    q = 0, ½, t = 1, 2, w = 1, 1, ε = ½, dLoss = 1 → dq = −2, −2, dTargets = ln 2, 0, dWeights = ln 2, 0
 */
export const probabilityCrossEntropyGradient: Reference<typeof probabilityGradientSpec> = (
  arithmetic,
  { q, dLoss, ...given },
  { reduction, epsilon },
) => {
  const { add, divide, exact, multiply, negate } = arithmetic
  const g = divide(dLoss.at(), divisor(arithmetic, given.counted, reduction))
  const t = wanted(arithmetic, given)
  return {
    dq: build(q.shape, (n, c) =>
      negate(divide(multiply(g, t.at(n, c)), add(q.at(n, c), exact(epsilon)))),
    ),
    ...slopes(arithmetic, atProbabilities(arithmetic, q, epsilon), given, g),
  }
}
