import type {
  noisyMean as noisySpec,
  clipUpdates as spec,
} from '../../spec/federated/differential-privacy.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, memberOf, type NumberArray, sum } from '../arithmetic/array.ts'
import { norm } from '../layers/norm.ts'
import type { Reference } from '../reference.ts'

/** The length of each update, and the factor min(1, S / ‖Δ‖), written 1 / max(1, ‖Δ‖ / S). */
function factorsOf<T>(
  arithmetic: Arithmetic<T>,
  { w, b }: { readonly w: NumberArray<T>; readonly b: NumberArray<T> },
  S: number,
) {
  const { divide, exact, maximum } = arithmetic
  const one = exact(1)
  const norms = build([w.shape[0]!], (m) => norm(arithmetic, memberOf(w, m), memberOf(b, m)))
  const factors = build(norms.shape, (m) =>
    divide(one, maximum([one, divide(norms.at(m), exact(S))])),
  )
  return { norms, factors }
}

/**
 * Clipping of the updates of clients by their length.
 *
 * Formula    Δ[m] ← Δ[m] min(1, S / ‖Δ[m]‖), ‖Δ[m]‖² = Σ w[m]² + Σ b[m]²
 * Clauses    federated.differential-privacy.clipping
 * Shapes     w: [M, I, O], b: [M, O] → the same, and norms: [M]
 * Edges      zeros stay zeros
 * Source     McMahan, Ramage, Talwar, Zhang (2018), algorithm 1
 * Example    w = 3 | 0, b = 4 | 1, S = 2.5 → w = 1.5 | 0, b = 2 | 1, norms 5, 1
 */
export const clipUpdates: Reference<typeof spec> = (arithmetic, { w, b }, { bound: S }) => {
  const { norms, factors } = factorsOf(arithmetic, { w, b }, S)
  const clipped = (updates: typeof w) =>
    build(updates.shape, (m, ...at) => arithmetic.multiply(factors.at(m), updates.at(m, ...at)))
  return { w: clipped(w), b: clipped(b), norms }
}

/**
 * Mean of clipped updates with noise.
 *
 * Formula    Δ = 1/M (Σ_m Δ[m] min(1, S / ‖Δ[m]‖) + z S ξ)
 * Clauses    federated.differential-privacy.noise
 * Shapes     w: [M, I, O], b: [M, O], noiseW: [I, O], noiseB: [O] → w: [I, O], b: [O]
 * Edges      z = 0 is the mean of clipped updates
 * Source     McMahan, Ramage, Talwar, Zhang (2018), algorithm 1
 * Example    w = 3 | 0, b = 4 | 1, S = 2.5, z = 2, noise 1 and −1 → w = 3.25, b = −1
 */
export const noisyMean: Reference<typeof noisySpec> = (
  arithmetic,
  { w, b, noiseW, noiseB },
  { bound: S, multiplier: z },
) => {
  const { add, anyOf, divide, exact, multiply } = arithmetic
  const { factors } = factorsOf(arithmetic, { w, b }, S)
  const [M] = factors.shape as [number]
  const spread = multiply(exact(z), exact(S))
  const share = divide(exact(1), exact(M))
  const mean = (updates: typeof w, noise: typeof w) =>
    build(noise.shape, (...at) => {
      const clipped = (m: number) => multiply(factors.at(m), updates.at(m, ...at))
      const xi = noise.at(...at)
      const whole = sum(arithmetic, [M], clipped)
      return anyOf(
        () => divide(add(whole, multiply(spread, xi)), exact(M)),
        () => add(divide(whole, exact(M)), multiply(divide(spread, exact(M)), xi)),
        () => add(multiply(share, whole), multiply(multiply(share, spread), xi)),
      )
    })
  return { w: mean(w, noiseW), b: mean(b, noiseB) }
}
