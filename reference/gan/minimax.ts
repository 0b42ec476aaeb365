import type { bestReplies as spec } from '../../spec/gan/minimax.ts'
import { build, elementwise } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { largestValue, shares } from './optimal-discriminator.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'
import { mean } from './value-function-mean.ts'

/**
 * Value after the best reply of the generator, and after that of the discriminator.
 *
 * Formula    least = Σ_n p[n] ln σ(a[n]) + min_n ln σ(−a[n]), largest = Σ_n p[n] ln D*[n] + q[n] ln(1 − D*[n])
 * Clauses    gan.minimax
 * Shapes     logits, data, generated: [N] → least, largest: []
 * Edges      one point: largest = −ln 4
 * Source     Goodfellow et al. (2014), equation 1 and proposition 1
 * Example    a = ln 3, 0, p = ½, ½, q = 1, 0 → least = ln(3/8) / 2 − ln 4, largest = ln(4/27) / 2
 */
export const bestReplies: Reference<typeof spec> = (arithmetic, { logits, data, generated }) => {
  const { add, maximum, negate } = arithmetic
  const [p, q] = [shares(arithmetic, data), shares(arithmetic, generated)]
  const onData = mean(
    arithmetic,
    elementwise(logits, (a) => logSigmoid(arithmetic, a)),
    (n) => data.at(n),
  )
  const surprises = elementwise(logits, (a) => negate(logComplement(arithmetic, a)))
  const most = maximum(surprises.data)
  return {
    least: build([], () => add(onData, negate(most))),
    largest: build([], () => largestValue(arithmetic, p, q)),
  }
}
