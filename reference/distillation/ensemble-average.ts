import type {
  ensembleCrossEntropyGradient as crossEntropyGradientSpec,
  ensembleCrossEntropy as crossEntropySpec,
  ensembleGradient as gradientSpec,
  ensemble as spec,
} from '../../spec/distillation/ensemble-average.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, stacked, sum } from '../arithmetic/array.ts'
import { throughLogSoftmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'
import { logarithms, probabilities } from './softmax-scores.ts'

/** The squared distance of two predictions, sample by sample. */
function squaredDistance<T>(arithmetic: Arithmetic<T>, a: NumberArray<T>, b: NumberArray<T>) {
  const { multiply, subtract } = arithmetic
  const [N, C] = a.shape as [number, number]
  return build([N], (n) =>
    sum(arithmetic, [C], (c) => {
      const miss = subtract(a.at(n, c), b.at(n, c))
      return multiply(miss, miss)
    }),
  )
}

/**
 * Average of several predictions, and its squared error.
 *
 * Formula    f̄ = 1/T Σ_m f[m], error[n] = Σ_c (f̄[n,c] − y[n,c])², errors[m,n] = Σ_c (f[m,n,c] − y[n,c])²,
 *            ambiguity[n] = 1/T Σ_m Σ_c (f[m,n,c] − f̄[n,c])²
 * Clauses    distillation.ensemble-average
 * Shapes     predictions: [T, N, C], targets: [N, C] → average: [N, C], error, ambiguity: [N], errors: [T, N]
 * Edges      one member: its own error, and no ambiguity
 * Source     Krogh, Vedelsby (1995), equations 3 to 7
 * Example    predictions 1 and 0, target 1 → average ½, error ¼, errors 0 and 1, ambiguity ¼
 */
export const ensemble: Reference<typeof spec> = (arithmetic, { predictions, targets }) => {
  const [T, N] = predictions.shape as [number, number]
  const members = Array.from({ length: T }, (_, m) => memberOf(predictions, m))
  const average = build(targets.shape, (n, c) =>
    mean(arithmetic, [T], (m) => predictions.at(m, n, c)),
  )
  const away = members.map((member) => squaredDistance(arithmetic, member, average))
  return {
    average,
    error: squaredDistance(arithmetic, average, targets),
    errors: stacked(members.map((member) => squaredDistance(arithmetic, member, targets))),
    ambiguity: build([N], (n) => mean(arithmetic, [T], (m) => away[m]!.at(n))),
  }
}

/**
 * Gradients of the average of several predictions, and of its squared error.
 *
 * Formula    dPredictions[m,n,c] = 1/T (dAverage[n,c] + 2 dError[n] (f̄[n,c] − y[n,c]))
 *            + 2 dErrors[m,n] (f[m,n,c] − y[n,c]) + 2/T dAmbiguity[n] (f[m,n,c] − f̄[n,c]),
 *            dTargets[n,c] = −2 dError[n] (f̄[n,c] − y[n,c]) − 2 Σ_m dErrors[m,n] (f[m,n,c] − y[n,c])
 * Clauses    distillation.ensemble-average
 * Shapes     predictions: [T, N, C], targets, dAverage: [N, C], dError, dAmbiguity: [N], dErrors: [T, N]
 *            → dPredictions: [T, N, C], dTargets: [N, C]
 * Edges      one member: the ambiguity moves nothing
 * Precision  the bounds cover the path of the ambiguity through the mean, a sum that is 0 but for rounding
 * Source     Krogh, Vedelsby (1995), equations 3 to 7, by differentiation
 * Example    predictions 1 and 0, target 1, dError = 1 → dPredictions −½ and −½, dTargets 1
 */
export const ensembleGradient: Reference<typeof gradientSpec> = (arithmetic, given) => {
  const { add, divide, exact, multiply, negate, subtract } = arithmetic
  const { predictions, targets, dAverage, dError, dErrors, dAmbiguity } = given
  const [T] = predictions.shape as [number]
  const twice = (x: typeof zero) => multiply(exact(2), x)
  const zero = exact(0)

  const average = build(targets.shape, (n, c) =>
    mean(arithmetic, [T], (m) => predictions.at(m, n, c)),
  )
  const ofAverage = build(targets.shape, (n, c) =>
    twice(multiply(dError.at(n), subtract(average.at(n, c), targets.at(n, c)))),
  )
  const ofMember = build(predictions.shape, (m, n, c) =>
    twice(multiply(dErrors.at(m, n), subtract(predictions.at(m, n, c), targets.at(n, c)))),
  )
  const apart = build(predictions.shape, (m, n, c) =>
    twice(multiply(dAmbiguity.at(n), subtract(predictions.at(m, n, c), average.at(n, c)))),
  )
  const share = (x: typeof zero) => divide(x, exact(T))
  const nothing = build(targets.shape, (n, c) =>
    share(sum(arithmetic, [T], (m) => negate(apart.at(m, n, c)))),
  )
  return {
    dPredictions: build(predictions.shape, (m, n, c) => {
      const byMean = add(dAverage.at(n, c), ofAverage.at(n, c))
      return arithmetic.total([
        share(byMean),
        ofMember.at(m, n, c),
        share(apart.at(m, n, c)),
        share(nothing.at(n, c)),
      ])
    }),
    dTargets: build(targets.shape, (n, c) =>
      negate(
        add(
          ofAverage.at(n, c),
          sum(arithmetic, [T], (m) => ofMember.at(m, n, c)),
        ),
      ),
    ),
  }
}

/**
 * Cross-entropy of the average of several softmaxes.
 *
 * Formula    l[m] = ln softmax(z[m]): losses[m,n] = −Σ_c t[n,c] l[m,n,c], loss[n] = −Σ_c t[n,c] ln 1/T Σ_m e^l[m,n,c],
 *            the largest of them taken out of the exponentials
 * Clauses    distillation.ensemble-average
 * Shapes     z: [T, N, C], targets: [N, C] → loss: [N], losses: [T, N]
 * Edges      one member: its own loss; one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equations 3.51 and 6.30
 * Example    two members, z = 0, 0 each, t = 1, 0 → loss ln 2, losses ln 2 and ln 2
 */
export const ensembleCrossEntropy: Reference<typeof crossEntropySpec> = (
  arithmetic,
  { z, targets },
) => {
  const { add, divide, exact, exp, log, maximum, multiply, negate, subtract } = arithmetic
  const [T, N, C] = z.shape as [number, number, number]
  const logs = Array.from({ length: T }, (_, m) => logarithms(arithmetic, memberOf(z, m), 1))
  const logOfMean = (n: number, c: number) => {
    const each = logs.map((member) => member.at(n, c))
    const largest = maximum(each)
    const whole = sum(arithmetic, [T], (m) => exp(subtract(each[m]!, largest)))
    return add(largest, log(divide(whole, exact(T))))
  }
  const surprise = (n: number, of: (n: number, c: number) => typeof zero) =>
    negate(sum(arithmetic, [C], (c) => multiply(targets.at(n, c), of(n, c))))
  const zero = exact(0)
  return {
    loss: build([N], (n) => surprise(n, logOfMean)),
    losses: build([T, N], (m, n) => surprise(n, logs[m]!.at.bind(logs[m]))),
  }
}

/**
 * Gradients of the cross-entropy of the average of several softmaxes.
 *
 * Formula    p[m] = softmax(z[m]), w[m,n,c] = p[m,n,c] / Σ_k p[k,n,c],
 *            d[m,n,c] = −t[n,c] (dLoss[n] w[m,n,c] + dLosses[m,n]), dz[m,n,c] = d[m,n,c] − p[m,n,c] Σ_k d[m,n,k],
 *            dTargets[n,c] = −dLoss[n] ln 1/T Σ_m p[m,n,c] − Σ_m dLosses[m,n] ln p[m,n,c]
 * Clauses    distillation.ensemble-average
 * Shapes     z: [T, N, C], targets: [N, C], dLoss: [N], dLosses: [T, N] → dz: [T, N, C], dTargets: [N, C]
 * Edges      one member: the gradient of its own loss; one class: dz = 0
 * Source     Goodfellow, Bengio, Courville (2016), equations 3.51 and 6.30, by differentiation
 * Example    two members, z = 0, 0 each, t = 1, 0, dLoss = 1 → dz = −¼, ¼ each, dTargets = ln 2, ln 2
 */
export const ensembleCrossEntropyGradient: Reference<typeof crossEntropyGradientSpec> = (
  arithmetic,
  { z, targets, dLoss, dLosses },
) => {
  const { add, divide, exact, exp, log, maximum, multiply, negate, subtract } = arithmetic
  const T = z.shape[0]!
  const members = Array.from({ length: T }, (_, m) => memberOf(z, m))
  const logs = stacked(members.map((member) => logarithms(arithmetic, member, 1)))
  const p = stacked(members.map((member) => probabilities(arithmetic, member, 1)))

  const largest = build(targets.shape, (n, c) => maximum(members.map((_, m) => logs.at(m, n, c))))
  const powers = build(z.shape, (m, n, c) => exp(subtract(logs.at(m, n, c), largest.at(n, c))))
  const sums = build(targets.shape, (n, c) => sum(arithmetic, [T], (m) => powers.at(m, n, c)))
  const d = build(z.shape, (m, n, c) => {
    const w = divide(powers.at(m, n, c), sums.at(n, c))
    return negate(multiply(targets.at(n, c), add(multiply(dLoss.at(n), w), dLosses.at(m, n))))
  })
  return {
    dz: stacked(
      members.map((_, m) => throughLogSoftmax(arithmetic, memberOf(p, m), memberOf(d, m))),
    ),
    dTargets: build(targets.shape, (n, c) => {
      const ofMean = add(largest.at(n, c), log(divide(sums.at(n, c), exact(T))))
      const ofMembers = sum(arithmetic, [T], (m) => multiply(dLosses.at(m, n), logs.at(m, n, c)))
      return negate(add(multiply(dLoss.at(n), ofMean), ofMembers))
    }),
  }
}
