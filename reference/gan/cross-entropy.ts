import type {
  binaryCrossEntropyGradient as gradientSpec,
  binaryCrossEntropy as spec,
} from '../../spec/gan/cross-entropy.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build } from '../arithmetic/array.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import type { Reference } from '../reference.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'
import { mean } from './value-function-mean.ts'

/**
 * Cross-entropy of one target with the sigmoid of a logit, −t ln σ(a) − (1 − t) ln σ(−a): with one of both
 * logarithms alone it is a t less −ln σ(−a), or (1 − t) a more than −ln σ(a).
 */
export function crossEntropyOf<T>(arithmetic: Arithmetic<T>, a: T, t: T): T {
  const { add, anyOf, exact, multiply, negate, subtract } = arithmetic
  const [onOne, onZero] = [logSigmoid(arithmetic, a), logComplement(arithmetic, a)]
  const rest = subtract(exact(1), t)
  return anyOf(
    () => negate(add(multiply(t, onOne), multiply(rest, onZero))),
    () => negate(add(onZero, multiply(t, a))),
    () => subtract(multiply(rest, a), onOne),
  )
}

/** Its slope, σ(a) − t, or (1 − t) σ(a) − t σ(−a). */
export function crossEntropySlope<T>(arithmetic: Arithmetic<T>, a: T, t: T): T {
  const { anyOf, exact, multiply, negate, subtract } = arithmetic
  const [d, rest] = [sigmoid(arithmetic, a), sigmoid(arithmetic, negate(a))]
  return anyOf(
    () => subtract(multiply(subtract(exact(1), t), d), multiply(t, rest)),
    () => subtract(d, t),
  )
}

/**
 * Mean binary cross-entropy of targets with the sigmoid of logits.
 *
 * Formula    E = −Σ_m (t[m] ln σ(a[m]) + (1 − t[m]) ln σ(−a[m])) / M
 * Clauses    gan.value.is-bce
 * Shapes     logits, targets: [M] → loss: []
 * Edges      logits of ±10,000: finite
 * Source     Goodfellow, Bengio, Courville (2016), section 6.2.2.2
 * Example    a = 0, ln 3, t = 1, 0 → (ln 2 + ln 4) / 2
 */
export const binaryCrossEntropy: Reference<typeof spec> = (arithmetic, { logits, targets }) => {
  const losses = build(logits.shape, (m) => crossEntropyOf(arithmetic, logits.at(m), targets.at(m)))
  return { loss: build([], () => mean(arithmetic, losses)) }
}

/**
 * Gradient of the mean binary cross-entropy by the logits.
 *
 * Formula    da[m] = (σ(a[m]) − t[m]) dE / M
 * Clauses    gan.value.is-bce
 * Shapes     logits, targets: [M], dLoss: [] → dLogits: [M]
 * Source     Goodfellow, Bengio, Courville (2016), section 6.2.2.2, by differentiation
 * Example    a = 0, 0, t = 1, 0, dE = 4 → −1, 1
 */
export const binaryCrossEntropyGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { logits, targets, dLoss },
) => {
  const { divide, exact, multiply } = arithmetic
  const [M] = logits.shape as [number]
  const share = divide(dLoss.at(), exact(M))
  return {
    dLogits: build([M], (m) =>
      multiply(crossEntropySlope(arithmetic, logits.at(m), targets.at(m)), share),
    ),
  }
}
