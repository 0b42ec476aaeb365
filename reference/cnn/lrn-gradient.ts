import type {
  lrnAcrossGradient as acrossSpec,
  lrnWithinGradient as withinSpec,
} from '../../spec/cnn/lrn-gradient.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { acrossChannels, damp, energies, type Neighbours, withinChannel } from './lrn.ts'

function differentiate<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  dy: NumberArray<T>,
  neighbours: Neighbours,
  { kappa, alpha, beta }: ParametersOf<typeof acrossSpec>,
): NumberArray<T> {
  const { anyOf, divide, exact, multiply, subtract, total } = arithmetic
  const s = energies(arithmetic, x, neighbours, kappa, alpha)
  // s^-β, and through each sum dy x s^(-β - 1).
  const damping = elementwise(s, (energy) => damp(arithmetic, exact(1), energy, beta))
  const through = build(s.shape, (n, i, j, k) => {
    const at = [n!, i!, j!, k!] as const
    const [product, energy] = [multiply(dy.at(...at), x.at(...at)), s.at(...at)]
    return anyOf(
      () => divide(multiply(product, damping.at(...at)), energy),
      () => damp(arithmetic, product, energy, beta + 1),
    )
  })
  const factor = multiply(exact(2), multiply(exact(alpha), exact(beta)))

  return build(x.shape, (n, i, j, k) => {
    const own = multiply(dy.at(n!, i!, j!, k!), damping.at(n!, i!, j!, k!))
    // A feature is a neighbour of those that are its neighbours.
    const sums = total(neighbours(i!, j!, k!).map(([p, q, c]) => through.at(n!, p, q, c)))
    return subtract(own, multiply(factor, multiply(x.at(n!, i!, j!, k!), sums)))
  })
}

/**
 * Gradient of local response normalization within a channel.
 *
 * Formula    dx[m] = dy[m] s[m]^-β − 2αβ x[m] Σ dy[k] x[k] s[k]^(-β − 1) over the windows with m,
 *            s = κ + α Σ x² over the window
 * Clauses    cnn.lrn.gradient
 * Shapes     x, dy: [N, H, W, K] → dx: [N, H, W, K]
 * Edges      windows end at the border
 * Source     by differentiation
 * Example    one feature, x = 1, dy = 4, κ = α = β = 1: s = 2, dx = 4/2 − 2 · 4/4 = 0
 */
export const lrnWithinGradient: Reference<typeof withinSpec> = (
  arithmetic,
  { x, dy },
  parameters,
) => ({
  dx: differentiate(arithmetic, x, dy, withinChannel(x.shape, parameters.radius), parameters),
})

/**
 * Gradient of local response normalization across channels.
 *
 * Formula    dx[m] = dy[m] s[m]^-β − 2αβ x[m] Σ dy[k] x[k] s[k]^(-β − 1) over the groups with m,
 *            s = κ + α Σ x² over the group
 * Clauses    cnn.lrn.gradient
 * Shapes     x, dy: [N, H, W, K] → dx: [N, H, W, K]
 * Edges      groups end at the first and the last channel
 * Source     by differentiation of Krizhevsky, Sutskever, Hinton (2012), section 3.3
 * Example    one feature, x = 1, dy = 4, κ = α = β = 1: s = 2, dx = 4/2 − 2 · 4/4 = 0
 */
export const lrnAcrossGradient: Reference<typeof acrossSpec> = (
  arithmetic,
  { x, dy },
  parameters,
) => ({
  dx: differentiate(arithmetic, x, dy, acrossChannels(x.shape, parameters.radius), parameters),
})
