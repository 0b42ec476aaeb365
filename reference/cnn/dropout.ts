import type { dropoutGradient as gradientSpec, dropout as spec } from '../../spec/cnn/dropout.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** m ⊙ x / (1 − p), or m / (1 − p) ⊙ x: the mask may hold the factor. */
export function drop<T>(
  { anyOf, divide, exact, multiply, subtract }: Arithmetic<T>,
  x: NumberArray<T>,
  mask: NumberArray<T>,
  rate: number,
): NumberArray<T> {
  const kept = subtract(exact(1), exact(rate))
  return build(x.shape, (...at) =>
    anyOf(
      () => divide(multiply(mask.at(...at), x.at(...at)), kept),
      () => multiply(divide(mask.at(...at), kept), x.at(...at)),
    ),
  )
}

/**
 * Inverted dropout with a given mask.
 *
 * Formula    y = m ⊙ x / (1 − p) in training, y = x afterwards
 * Clauses    cnn.dropout.semantics
 * Shapes     x, mask: [N, D] → y: [N, D]
 * Edges      after training the mask is ignored
 * Source     Srivastava et al. (2014), sections 4 and 10
 * Example    x = 3, 5, mask = 1, 0, rate 0.5 → y = 6, 0
 */
export const dropout: Reference<typeof spec> = (arithmetic, { x, mask }, { rate, training }) => ({
  y: training ? drop(arithmetic, x, mask, rate) : x,
})

/**
 * Gradient of inverted dropout.
 *
 * Formula    dx = m ⊙ dy / (1 − p) in training, dx = dy afterwards
 * Clauses    cnn.dropout.semantics
 * Shapes     mask, dy: [N, D] → dx: [N, D]
 * Edges      after training the mask is ignored
 * Source     the forward map is diagonal, its own transpose
 * Example    dy = 3, 5, mask = 1, 0, rate 0.5 → dx = 6, 0
 */
export const dropoutGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { mask, dy },
  { rate, training },
) => ({ dx: training ? drop(arithmetic, dy, mask, rate) : dy })
