import type {
  ensembleCrossEntropy as crossEntropySpec,
  ensemble as spec,
} from '../../spec/distillation/ensemble-average.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, stacked, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { logarithms } from './softmax-scores.ts'

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
