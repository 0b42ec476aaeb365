import type {
  expectedValueGradient as expectedGradientSpec,
  expectedValue as expectedSpec,
  valueGradient as gradientSpec,
  value as spec,
} from '../../spec/gan/value-function.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import type { Reference } from '../reference.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'
import { mean } from './value-function-mean.ts'

/** 1 − σ(a), or σ(−a), which keeps more digits. */
function complement<T>(arithmetic: Arithmetic<T>, a: T): T {
  const { anyOf, exact, negate, subtract } = arithmetic
  return anyOf(
    () => sigmoid(arithmetic, negate(a)),
    () => subtract(exact(1), sigmoid(arithmetic, a)),
  )
}

/**
 * Value of a generator and a discriminator on batches.
 *
 * Formula    V = Σ_m ln σ(real[m]) / M + Σ_s ln σ(−generated[s]) / S
 * Clauses    gan.value-function
 * Shapes     real: [M], generated: [S] → value, onReal, onGenerated: []
 * Edges      logits of ±10,000: finite
 * Source     Goodfellow et al. (2014), equation 1
 * Example    real = 0, ln 3, generated = 0 → ln(3/8) / 2 − ln 2
 */
export const value: Reference<typeof spec> = (arithmetic, { real, generated }) => {
  const onReal = mean(
    arithmetic,
    elementwise(real, (a) => logSigmoid(arithmetic, a)),
  )
  const onGenerated = mean(
    arithmetic,
    elementwise(generated, (a) => logComplement(arithmetic, a)),
  )
  return {
    value: build([], () => arithmetic.add(onReal, onGenerated)),
    onReal: build([], () => onReal),
    onGenerated: build([], () => onGenerated),
  }
}

/**
 * Gradient of the value by the logits of batches.
 *
 * Formula    dReal[m] = σ(−real[m]) dV / M, dGenerated[s] = −σ(generated[s]) dV / S
 * Clauses    gan.value-function
 * Shapes     as those of the value
 * Source     by differentiation of equation 1 of Goodfellow et al. (2014)
 * Example    real = 0, 0, generated = 0, dV = 4 → dReal = 1, 1, dGenerated = −2
 */
export const valueGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { real, generated, dValue },
) => {
  const { divide, exact, multiply, negate } = arithmetic
  const [[M], [S]] = [real.shape as [number], generated.shape as [number]]
  const [ofReal, ofGenerated] = [divide(dValue.at(), exact(M)), divide(dValue.at(), exact(S))]
  return {
    dReal: elementwise(real, (a) => multiply(complement(arithmetic, a), ofReal)),
    dGenerated: elementwise(generated, (a) =>
      negate(multiply(sigmoid(arithmetic, a), ofGenerated)),
    ),
  }
}

/**
 * Value of a generator and a discriminator on finitely many points.
 *
 * Formula    V = Σ_n p_n ln σ(a_n) / Σ_n p_n + Σ_n q_n ln σ(−a_n) / Σ_n q_n, p those of data, q those generated
 * Clauses    gan.value-function
 * Shapes     logits, data, generated: [N] → value: []
 * Edges      one point: ln D + ln(1 − D)
 * Source     Goodfellow et al. (2014), equation 3 of the proof of proposition 1
 * Example    a = 0, ln 3, p = 1, 1, q = 1, 0 → ln(3/8) / 2 − ln 2
 */
export const expectedValue: Reference<typeof expectedSpec> = (
  arithmetic,
  { logits, data, generated },
) => {
  const logReal = elementwise(logits, (a) => logSigmoid(arithmetic, a))
  const logGenerated = elementwise(logits, (a) => logComplement(arithmetic, a))
  const onReal = mean(arithmetic, logReal, (n) => data.at(n))
  const onGenerated = mean(arithmetic, logGenerated, (n) => generated.at(n))
  return { value: build([], () => arithmetic.add(onReal, onGenerated)) }
}

/**
 * Gradient of the value by the logits at finitely many points.
 *
 * Formula    da_n = (p_n σ(−a_n) / Σ p − q_n σ(a_n) / Σ q) dV
 * Clauses    gan.value-function
 * Shapes     as those of the value
 * Source     by differentiation
 * Example    a = 0, 0, p = 1, 1, q = 1, 0, dV = 4 → −1, 1
 */
export const expectedValueGradient: Reference<typeof expectedGradientSpec> = (
  arithmetic,
  { logits, data, generated, dValue },
) => {
  const { divide, multiply, subtract } = arithmetic
  const [N] = logits.shape as [number]
  const p = sum(arithmetic, [N], (n) => data.at(n))
  const q = sum(arithmetic, [N], (n) => generated.at(n))
  return {
    dLogits: build([N], (n) => {
      const a = logits.at(n)
      const up = divide(multiply(data.at(n), complement(arithmetic, a)), p)
      const down = divide(multiply(generated.at(n), sigmoid(arithmetic, a)), q)
      return multiply(subtract(up, down), dValue.at())
    }),
  }
}
