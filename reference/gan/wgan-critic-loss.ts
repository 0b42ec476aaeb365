import type {
  criticLossGradient as gradientSpec,
  lineDistance as lineSpec,
  sampleDistance as sampleSpec,
  criticLoss as spec,
} from '../../spec/gan/wgan-critic-loss.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Losses of a critic and of the generator that it judges.
 *
 * Formula    estimate = 1/m Σ_i f(x_i) − 1/m Σ_i f(G(z_i)), critic = −estimate, generator = −1/m Σ_i f(G(z_i))
 * Clauses    gan.wgan.critic-loss
 * Shapes     real, generated: [M] → estimate, critic, generator: []
 * Edges      none
 * Source     Arjovsky, Chintala, Bottou (2017), equation 3 and algorithm 1
 * Example    real = 3, 1, generated = −1, 2 → estimate 3/2, critic −3/2, generator −½
 */
export const criticLoss: Reference<typeof spec> = (arithmetic, { real, generated }) => {
  const { negate, subtract } = arithmetic
  const M = real.shape[0]!
  const ofReal = mean(arithmetic, [M], (i) => real.at(i))
  const ofGenerated = mean(arithmetic, [M], (i) => generated.at(i))
  const estimate = subtract(ofReal, ofGenerated)
  return {
    estimate: build([], () => estimate),
    critic: build([], () => negate(estimate)),
    generator: build([], () => negate(ofGenerated)),
  }
}

/**
 * Gradients of the losses of a critic and of its generator.
 *
 * Formula    dReal[i] = (dEstimate − dCritic) / m, dGenerated[i] = (dCritic − dEstimate − dGenerator) / m
 * Clauses    gan.wgan.critic-loss
 * Shapes     real, generated: [M], dEstimate, dCritic, dGenerator: [] → dReal, dGenerated: [M]
 * Edges      does not depend on what the critic gave
 * Source     Arjovsky, Chintala, Bottou (2017), algorithm 1, by differentiation
 * Example    m = 2, dEstimate = 0, dCritic = 1, dGenerator = 0 → dReal = −½, −½, dGenerated = ½, ½
 */
export const criticLossGradient: Reference<typeof gradientSpec> = (
  { divide, exact, negate, total },
  { real, dEstimate, dCritic, dGenerator },
) => {
  const m = exact(real.shape[0]!)
  const byReal = divide(total([dEstimate.at(), negate(dCritic.at())]), m)
  const byGenerated = divide(
    total([dCritic.at(), negate(dEstimate.at()), negate(dGenerator.at())]),
    m,
  )
  return {
    dReal: build(real.shape, () => byReal),
    dGenerated: build(real.shape, () => byGenerated),
  }
}

/** Numbers in ascending order, each with its position. */
function ascending<T>({ less }: Arithmetic<T>, numbers: readonly T[]): readonly number[] {
  const order = (i: number, j: number) => {
    if (less(numbers[i]!, numbers[j]!)) return -1
    return less(numbers[j]!, numbers[i]!) ? 1 : 0
  }
  return numbers.map((_, i) => i).sort(order)
}

/**
 * Wasserstein distance of two batches of numbers.
 *
 * Formula    1/m Σ_i |x_(i) − y_(i)|, x_(1) ≤ … ≤ x_(m) and y_(1) ≤ … ≤ y_(m)
 * Clauses    gan.wgan.critic-loss
 * Shapes     real, generated: [M] → distance: []
 * Edges      batches with the same samples in another order: 0
 * Source     Vallender (1974)
 * Example    real = 3, 1, generated = 1, 5 → (0 + 2) / 2 = 1
 */
export const sampleDistance: Reference<typeof sampleSpec> = (arithmetic, { real, generated }) => {
  const { abs, subtract } = arithmetic
  const sorted = (samples: NumberArray<ReturnType<typeof abs>>) =>
    ascending(arithmetic, samples.data).map((i) => samples.at(i))
  const [x, y] = [sorted(real), sorted(generated)]
  const distance = mean(arithmetic, [x.length], (i) => abs(subtract(x[i]!, y[i]!)))
  return { distance: build([], () => distance) }
}

/**
 * Wasserstein distance of two distributions on a line.
 *
 * Formula    ∫ |F(t) − G(t)| dt = Σ_k |Σ_{i ≤ k} (p_(i) / Σ p − q_(i) / Σ q)| (t_(k+1) − t_(k)) over the places
 *            t_(1) ≤ … ≤ t_(n) of all points together
 * Clauses    gan.wgan.critic-loss
 * Shapes     places, data: [N], generatedPlaces, generated: [M] → distance: []
 * Edges      points at the same place are one with their masses together; a point without mass is none
 * Precision  the bounds cover masses that are added up from the left and from the right, which are as much
 * Source     Vallender (1974)
 * Example    the masses 1, 3 at 0, 1 and 1 at 3: ¼ · 1 + 1 · 2 = 9/4
 */
export const lineDistance: Reference<typeof lineSpec> = (
  arithmetic,
  { places, data, generatedPlaces, generated },
) => {
  const { abs, add, anyOf, divide, exact, multiply, negate, subtract, total } = arithmetic
  const shares = (masses: typeof data) => {
    const whole = total(masses.data)
    return masses.data.map((mass) => divide(mass, whole))
  }
  const t = [...places.data, ...generatedPlaces.data]
  const masses = [...shares(data), ...shares(generated).map(negate)]
  const order = ascending(arithmetic, t)
  const sums = (positions: readonly number[]) => {
    let sum = exact(0)
    return positions.map((at) => {
      sum = add(sum, masses[at]!)
      return sum
    })
  }
  const left = sums(order)
  const right = sums(order.toReversed()).toReversed()
  const areas = order.slice(1).map((next, k) => {
    const between = anyOf(
      () => left[k]!,
      () => negate(right[k + 1]!),
    )
    return multiply(abs(between), subtract(t[next]!, t[order[k]!]!))
  })
  return { distance: build([], () => sum(arithmetic, [areas.length], (k) => areas[k]!)) }
}
