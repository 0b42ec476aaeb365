import type {
  featureFrechetDistance as featureSpec,
  frechetDistance as spec,
} from '../../spec/gan/frechet-distance.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, fromData, type NumberArray, sum } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { lipschitz } from '../layers/lipschitz.ts'
import { roundingsOfSvd } from '../layers/svd-accuracy.ts'
import { svd } from '../matrix.ts'
import type { Reference } from '../reference.ts'
import { nuclearNormOfRoots } from './frechet-distance-accuracy.ts'

/**
 * Squared Fréchet distance of two normal distributions.
 *
 * Formula    d² = ‖μ_r − μ_g‖² + tr Σ_r + tr Σ_g − 2 Σ_i s_i(Σ_r^½ Σ_g^½)
 * Clauses    gan.eval.fid
 * Shapes     meanReal, meanGenerated: [D], covarianceReal, covarianceGenerated: [D, D] → distance: [4], d² and its terms
 * Edges      a covariance of zeros: nothing is shared
 * Source     Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter (2017), section 3; the bound of the last term is in
 *            `frechet-distance-accuracy.ts`
 * Example    means 0 and 3, variances 1 and 4 → 10, 9, 5, 2
 */
export const frechetDistance: Reference<typeof spec> = (
  arithmetic,
  { meanReal, meanGenerated, covarianceReal, covarianceGenerated },
) => {
  const { add } = arithmetic
  const trace = (Sigma: typeof covarianceReal) =>
    sum(arithmetic, [Sigma.shape[0]!], (i) => Sigma.at(i, i))
  return assembled(arithmetic, {
    means: squaredDistance(arithmetic, meanReal, meanGenerated),
    traces: add(trace(covarianceReal), trace(covarianceGenerated)),
    shared: nuclearNormOfRoots(arithmetic, covarianceReal, covarianceGenerated),
  })
}

/**
 * Squared Fréchet distance of two sets of features.
 *
 * Formula    μ = mean_n x[n], R[n] = x[n] − μ, tr Σ = Σ R² / ν with ν = N or N − 1, and the same of the other set;
 *            d² = ‖μ_r − μ_g‖² + tr Σ_r + tr Σ_g − 2 Σ_i s_i(R Gᵀ) / √(ν_r ν_g)
 * Clauses    gan.eval.fid
 * Shapes     real: [N, D], generated: [M, D] → distance: [4], d² and its terms
 * Edges      one sample does not vary
 * Precision  R and G are off by themselves; their product and its decomposition by roundings of ‖R‖ ‖G‖, each singular
 *            value by as much, so that √min(N, M, D) counts for their sum; and by twice as many where R and G are made
 *            square first
 * Source     Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter (2017), section 3
 * Example    samples 1, −1 and 5, 1, by N → 10, 9, 5, 2
 */
export const featureFrechetDistance: Reference<typeof featureSpec> = (
  arithmetic,
  { real, generated },
  { divisor },
  note,
) => {
  const { add, divide, exact, multiply, sqrt, toNumber } = arithmetic
  const [N, D] = real.shape as [number, number]
  const M = generated.shape[0]!
  const less = divisor === 'N' ? 0 : 1
  const meanOf = (x: typeof real) =>
    build([D], (d) => mean(arithmetic, [x.shape[0]!], (n) => x.at(n, d)))
  const [muReal, muGenerated] = [meanOf(real), meanOf(generated)]
  const centred = (x: typeof real, mu: typeof muReal) =>
    build(x.shape, (n, d) => arithmetic.subtract(x.at(n, d), mu.at(d)))
  const [R, G] = [centred(real, muReal), centred(generated, muGenerated)]
  note?.('centred real', R)
  note?.('centred generated', G)
  const squares = (x: typeof R) =>
    sum(arithmetic, [x.shape[0]!, D], (n, d) => multiply(x.at(n, d), x.at(n, d)))
  const trace = (x: typeof R) => divide(squares(x), exact(x.shape[0]! - less))

  const [left, right] = [elementwise(R, toNumber), elementwise(G, toNumber)]
  const product = build([N, M], (n, m) => sum(number, [D], (d) => left.at(n, d) * right.at(m, d)))
  const [sizeOfR, sizeOfG] = [Math.hypot(...left.data), Math.hypot(...right.data)]
  const rank = Math.min(N, M, D)
  const roundings =
    Math.sqrt(rank) * (roundingsOfSvd(N, M) + D) + roundingsOfSvd(N, D) + roundingsOfSvd(M, D)
  const found = lipschitz(arithmetic, R.data, {
    value: svd(product).s.reduce((total, s) => total + s, 0),
    roundings,
    norm: sizeOfR * sizeOfG,
    slope: sizeOfG,
  })
  const ofG = lipschitz(arithmetic, G.data, { value: 0, roundings: 0, norm: 0, slope: sizeOfR })
  const counts = sqrt(exact((N - less) * (M - less)))
  return assembled(arithmetic, {
    means: squaredDistance(arithmetic, muReal, muGenerated),
    traces: add(trace(R), trace(G)),
    shared: divide(add(found, ofG), counts),
  })
}

/** ‖x − y‖². */
function squaredDistance<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>): T {
  const { multiply, subtract } = arithmetic
  const apart = build(x.shape, (i) => subtract(x.at(i), y.at(i)))
  return sum(arithmetic, x.shape, (i) => multiply(apart.at(i), apart.at(i)))
}

interface Parts<T> {
  readonly means: T
  readonly traces: T
  readonly shared: T
}

/** The distance, and what it is made of. */
function assembled<T>({ add, exact, multiply, subtract }: Arithmetic<T>, parts: Parts<T>) {
  const { means, traces, shared } = parts
  const distance = subtract(add(means, traces), multiply(exact(2), shared))
  return { distance: fromData([4], [distance, means, traces, shared]) }
}
