import type { probabilityValue as spec } from '../../spec/gan/value-of-probabilities.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { mean } from './value-function-mean.ts'

type Cut = 'none' | 'logarithms' | 'probabilities'

/** A logarithm that may be cut off, and its derivative by the number that it is of. */
interface Logarithm<T> {
  readonly value: T
  readonly slope: T
}

/**
 * Value of a generator and a discriminator from probabilities, and its slopes.
 *
 * Formula    V = Σ_m ℓ(real[m]) / M + Σ_s ℓ(1 − generated[s]) / S, ℓ(d) = ln d, or at least −100, or of probabilities
 *            between ε and 1 − ε, ε = 10⁻⁷; slopes ℓ′(real[m]) / M and −ℓ′(1 − generated[s]) / S, 0 where it is cut off
 * Clauses    gan.value.of-probabilities
 * Shapes     real: [M], generated: [S] → value, onReal, onGenerated: [], realSlopes: [M], generatedSlopes: [S]
 * Edges      ln 0 = −∞, with the slope ∞
 * Source     Goodfellow et al. (2014), equation 1
 * Example    real = 0, generated = ½, logarithms cut off → −100 − ln 2, slopes 0 and −2
 */
export const probabilityValue: Reference<typeof spec> = (
  arithmetic,
  { real, generated },
  { cut },
) => {
  const { add, exact, negate, subtract } = arithmetic
  const onReal = means(
    arithmetic,
    elementwise(real, (D) => logarithmOf(arithmetic, cut, D, (d) => d)),
  )
  const onGenerated = means(
    arithmetic,
    elementwise(generated, (D) => logarithmOf(arithmetic, cut, D, (d) => subtract(exact(1), d))),
  )
  const isInfinite = [onReal, onGenerated].some(({ value }) => !isFiniteNumber(arithmetic, value))
  return {
    value: build([], () =>
      isInfinite ? exact(Number.NEGATIVE_INFINITY) : add(onReal.value, onGenerated.value),
    ),
    onReal: build([], () => onReal.value),
    onGenerated: build([], () => onGenerated.value),
    realSlopes: onReal.slopes,
    generatedSlopes: elementwise(onGenerated.slopes, negate),
  }
}

/** ℓ(of(D)) and ℓ′(of(D)). */
function logarithmOf<T>(arithmetic: Arithmetic<T>, cut: Cut, D: T, of: (d: T) => T): Logarithm<T> {
  const { anyOf, divide, exact, less, log, subtract, toNumber } = arithmetic
  const [none, least] = [exact(0), exact(-100)]
  if (cut === 'probabilities') {
    const [low, high] = [exact(1e-7), subtract(exact(1), exact(1e-7))]
    if (less(D, low)) return { value: log(of(low)), slope: none }
    if (less(high, D)) {
      // What is left of 1 is ε, or 2⁻²³ where 1 − ε is rounded to single precision.
      const isComplement = toNumber(of(exact(1))) === 0
      const left = () =>
        anyOf(
          () => log(exact(1e-7)),
          () => log(exact(2 ** -23)),
        )
      return { value: isComplement ? left() : log(high), slope: none }
    }
  }
  const d = of(D)
  if (toNumber(d) === 0) {
    if (cut === 'logarithms') return { value: least, slope: none }
    return { value: exact(Number.NEGATIVE_INFINITY), slope: exact(Number.POSITIVE_INFINITY) }
  }
  const value = log(d)
  if (cut === 'logarithms' && less(value, least)) return { value: least, slope: none }
  return { value, slope: divide(exact(1), d) }
}

/** The mean of logarithms, and its derivatives; one that is infinite makes it so. */
function means<T>(arithmetic: Arithmetic<T>, each: NumberArray<Logarithm<T>>) {
  const { divide, exact } = arithmetic
  const values = elementwise(each, ({ value }) => value)
  const isInfinite = values.data.some((value) => !isFiniteNumber(arithmetic, value))
  return {
    value: isInfinite ? exact(Number.NEGATIVE_INFINITY) : mean(arithmetic, values),
    slopes: elementwise(each, ({ slope }) =>
      isFiniteNumber(arithmetic, slope) ? divide(slope, exact(each.data.length)) : slope,
    ),
  }
}

function isFiniteNumber<T>({ toNumber }: Arithmetic<T>, x: T): boolean {
  return Number.isFinite(toNumber(x))
}
