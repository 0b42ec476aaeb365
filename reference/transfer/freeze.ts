import type { freezeStep as spec } from '../../spec/transfer/freeze.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

export interface Optimizer {
  readonly rate: number
  readonly momentum: number
  readonly decay: number
}

/**
 * v′ = μ v + g + λ θ, θ′ = θ − η v′ for one parameter that is not frozen; the decay may as well be a
 * factor, θ′ = (1 − η λ) θ − η (μ v + g).
 */
export function move<T>(
  { add, anyOf, exact, multiply, subtract }: Arithmetic<T>,
  theta: T,
  g: T,
  v: T,
  { rate, momentum, decay }: Optimizer,
): { readonly theta: T; readonly velocity: T } {
  const [eta, lambda] = [exact(rate), exact(decay)]
  const pushed = add(multiply(exact(momentum), v), g)
  const velocity = add(pushed, multiply(lambda, theta))
  const moved = anyOf(
    () => subtract(theta, multiply(eta, velocity)),
    () =>
      subtract(multiply(subtract(exact(1), multiply(eta, lambda)), theta), multiply(eta, pushed)),
  )
  return { theta: moved, velocity }
}

/**
 * Step of stochastic gradient descent with frozen parameters.
 *
 * Formula    not frozen: v′ = μ v + g + λ θ, θ′ = θ − η v′; frozen: v′ = v, θ′ = θ
 * Clauses    transfer.freeze
 * Shapes     all: [P]
 * Edges      a gradient that is not finite leaves a frozen parameter as it is
 * Source     PyTorch documentation, torch.optim.SGD; frozen: Yosinski et al. (2014), section 2
 * Example    θ = 4, 4, g = 1, 1, v = 0, frozen 0, 1, η = ½, λ = 1 → θ′ = 1.5, 4; v′ = 5, 0
 */
export const freezeStep: Reference<typeof spec> = (
  arithmetic,
  { parameters, gradient, velocity, frozen },
  optimizer,
) => {
  const moved = Array.from({ length: frozen.shape[0]! }, (_, i) => {
    const [theta, v] = [parameters.at(i), velocity.at(i)]
    if (arithmetic.toNumber(frozen.at(i)) === 1) return { theta, velocity: v }
    return move(arithmetic, theta, gradient.at(i), v, optimizer)
  })
  return {
    parameters: build(parameters.shape, (i) => moved[i]!.theta),
    velocity: build(parameters.shape, (i) => moved[i]!.velocity),
  }
}
