import type {
  diracSteps as spec,
  diracStability as stabilitySpec,
} from '../../spec/gan/hyperparameter-sensitivity.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked } from '../arithmetic/array.ts'
import { sigmoid } from '../layers/sigmoid.ts'
import type { Reference } from '../reference.ts'

/**
 * Gradient steps of a generator of one point and a discriminator with one weight.
 *
 * Formula    θ ← θ + η σ(± ψ θ) ψ, ψ ← ψ − η (σ(ψ θ) θ + γ ψ), all on the right being before the step;
 *            + for the saturating loss, − for the other one
 * Clauses    gan.hyperparameter-sensitivity
 * Shapes     theta, psi: [N] → theta, psi: [T, N]
 * Edges      θ = ψ = 0 stay where they are
 * Source     Mescheder, Geiger, Nowozin (2018), definition 2.1, and on zero-centered gradient penalties
 * Example    θ = 0, ψ = 2, η = 1, γ = ½, one step: θ = 1, ψ = 1
 */
export const diracSteps: Reference<typeof spec> = (
  arithmetic,
  { theta, psi },
  { rate, penalty, steps, loss },
) => {
  const { add, exact, multiply, negate, subtract } = arithmetic
  const [eta, gamma] = [exact(rate), exact(penalty)]
  const after = { theta: [] as NumberArray<typeof eta>[], psi: [] as NumberArray<typeof eta>[] }
  let [th, ps] = [theta, psi]
  for (let t = 0; t < steps; t++) {
    const [th0, ps0] = [th, ps]
    const a = build(theta.shape, (n) => multiply(ps0.at(n), th0.at(n)))
    const of = (n: number) => (loss === 'saturating' ? a.at(n) : negate(a.at(n)))
    th = build(theta.shape, (n) =>
      add(th0.at(n), multiply(multiply(eta, sigmoid(arithmetic, of(n))), ps0.at(n))),
    )
    ps = build(psi.shape, (n) => {
      const slope = add(
        multiply(sigmoid(arithmetic, a.at(n)), th0.at(n)),
        multiply(gamma, ps0.at(n)),
      )
      return subtract(ps0.at(n), multiply(eta, slope))
    })
    after.theta.push(th)
    after.psi.push(ps)
  }
  return { theta: stacked(after.theta), psi: stacked(after.psi) }
}

/**
 * Spectral radius of steps of the Dirac-GAN, and the largest rate.
 *
 * Formula    γ ≤ 1: radius = √(1 − η γ + η²/4), largestRate = 4 γ;
 *            γ > 1: radius = max(|1 − η s/2|, |1 − η/(2 s)|), largestRate = 4 / s, s = γ + √(γ² − 1)
 * Clauses    gan.hyperparameter-sensitivity
 * Shapes     rate, penalty: [N] → radius, largestRate: [N]
 * Edges      no rate: the radius 1; no penalty: the radius √(1 + η²/4), and the largest rate 0
 * Source     eigenvalues of [1, η/2; −η/2, 1 − η γ]; Mescheder, Geiger, Nowozin (2018), on zero-centered gradient penalties
 * Example    η = 2, γ = ½ → radius 1, largestRate 2; η = 1, γ = 5/4 → s = 2, radius ¾, largestRate 2
 */
export const diracStability: Reference<typeof stabilitySpec> = (arithmetic, { rate, penalty }) => {
  const { divide, exact, multiply, toNumber } = arithmetic
  const turns = (n: number) => toNumber(penalty.at(n)) <= 1
  const s = build(penalty.shape, (n) => (turns(n) ? exact(1) : larger(arithmetic, penalty.at(n))))
  return {
    radius: build(rate.shape, (n) =>
      turns(n)
        ? ofTurns(arithmetic, rate.at(n), penalty.at(n))
        : ofStretches(arithmetic, rate.at(n), s.at(n)),
    ),
    largestRate: build(rate.shape, (n) =>
      turns(n) ? multiply(exact(4), penalty.at(n)) : divide(exact(4), s.at(n)),
    ),
  }
}

/** γ + √(γ² − 1), of which the root is that of a product or a product of roots. */
function larger<T>({ add, anyOf, exact, multiply, sqrt, subtract }: Arithmetic<T>, gamma: T): T {
  const one = exact(1)
  const [less, more] = [subtract(gamma, one), add(gamma, one)]
  return add(
    gamma,
    anyOf(
      () => sqrt(multiply(less, more)),
      () => multiply(sqrt(less), sqrt(more)),
    ),
  )
}

/** √(1 − η γ + η²/4), the modulus of two eigenvalues that are conjugate, as a root of a sum or of two squares. */
function ofTurns<T>(arithmetic: Arithmetic<T>, eta: T, gamma: T): T {
  const { add, anyOf, exact, multiply, negate, sqrt, subtract, total } = arithmetic
  const [one, half] = [exact(1), exact(0.5)]
  const square = (x: T) => multiply(x, x)
  const halfEta = multiply(half, eta)
  return anyOf(
    () => sqrt(total([one, negate(multiply(eta, gamma)), square(halfEta)])),
    () => {
      const real = subtract(one, multiply(halfEta, gamma))
      const imaginary = multiply(square(halfEta), subtract(one, square(gamma)))
      return sqrt(add(square(real), imaginary))
    },
  )
}

/** The larger one of two eigenvalues that are real, in modulus. */
function ofStretches<T>(arithmetic: Arithmetic<T>, eta: T, s: T): T {
  const { abs, divide, exact, maximum, multiply, subtract } = arithmetic
  const halfEta = multiply(exact(0.5), eta)
  return maximum([
    abs(subtract(exact(1), multiply(halfEta, s))),
    abs(subtract(exact(1), divide(halfEta, s))),
  ])
}
