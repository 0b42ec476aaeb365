import type {
  distillationLossGradient as gradientSpec,
  distillationLoss as spec,
} from '../../spec/distillation/temperature.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { crossEntropyGradient, crossEntropyTerms } from '../layers/cross-entropy.ts'
import { throughSoftmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'
import { logarithms, overTemperature, probabilities } from './softmax-scores.ts'

/** By how much each class is less probable to the student than certain, or than it is to the teacher. */
function surprise<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  v: NumberArray<T>,
  { temperature, divergence }: { readonly temperature: number; readonly divergence: string },
): NumberArray<T> {
  const ofStudent = logarithms(arithmetic, z, temperature)
  if (divergence === 'cross-entropy') return elementwise(ofStudent, arithmetic.negate)
  return minus(arithmetic, logarithms(arithmetic, v, temperature), ofStudent)
}

/** 1 − α, of the targets: exactly 0 where all is the teacher's, however it is computed. */
function restOf<T>({ exact, subtract }: Arithmetic<T>, share: number): T {
  return share === 1 ? exact(0) : subtract(exact(1), exact(share))
}

/**
 * Loss of a student that learns from its teacher and from targets.
 *
 * Formula    p = softmax(v / τ), q = softmax(z / τ), r = −ln q, or ln p − ln q for the divergence of Kullback
 *            and Leibler: loss = 1/N Σ_n (α τ² Σ_c p[n,c] r[n,c] − (1 − α) Σ_c t[n,c] ln softmax(z)[n,c]),
 *            or either part of all samples added up at once
 * Clauses    distillation.temperature
 * Shapes     z, v, targets: [N, C] → loss: []
 * Edges      one class: 0
 * Source     Hinton, Vinyals, Dean (2015), section 2
 * Example    z = v = 0, 0, targets 1, 0, τ = 2, α = ½: cross-entropy → 2½ ln 2; kl → ½ ln 2
 */
export const distillationLoss: Reference<typeof spec> = (
  arithmetic,
  { z, v, targets },
  parameters,
) => {
  const { add, divide, exact, multiply } = arithmetic
  const { share, temperature } = parameters
  const [N, C] = z.shape as [number, number]
  const [alpha, tau] = [exact(share), exact(temperature)]
  const p = probabilities(arithmetic, v, temperature)
  const r = surprise(arithmetic, z, v, parameters)
  const terms = crossEntropyTerms(arithmetic, z, targets)
  const weight = multiply(alpha, multiply(tau, tau))
  const rest = restOf(arithmetic, share)
  const eachSample = () =>
    mean(arithmetic, [N], (n) => {
      const ofTeacher = sum(arithmetic, [C], (c) => multiply(p.at(n, c), r.at(n, c)))
      const ofTargets = sum(arithmetic, [C], (c) => terms.at(n, c))
      return add(multiply(weight, ofTeacher), multiply(rest, ofTargets))
    })
  const eachPart = () => {
    const ofTeacher = sum(arithmetic, [N, C], (n, c) => multiply(p.at(n, c), r.at(n, c)))
    const ofTargets = sum(arithmetic, [N, C], (n, c) => terms.at(n, c))
    const whole = add(multiply(weight, ofTeacher), multiply(rest, ofTargets))
    return divide(whole, exact(N))
  }
  const loss = arithmetic.anyOf(eachSample, eachPart)
  return { loss: build([], () => loss) }
}

/**
 * Gradients of the loss of a student that learns from its teacher and from targets.
 *
 * Formula    with p, q and r as in the loss, and g = dLoss / N:
 *            dz[n,c] = g (α τ (Σ_k p[n,k] q[n,c] − p[n,c]) + (1 − α) (Σ_k t[n,k] softmax(z)[n,c] − t[n,c])),
 *            dv[n,c] = g α τ p[n,c] (r[n,c] − Σ_k p[n,k] r[n,k]), dTargets[n,c] = −g (1 − α) ln softmax(z)[n,c]
 * Clauses    distillation.temperature
 * Shapes     z, v, targets: [N, C], dLoss: [] → dz, dv, dTargets: [N, C]
 * Edges      one class: 0 for all three
 * Source     Hinton, Vinyals, Dean (2015), equation 2; by differentiation
 * Example    z = v = 0, 0, targets 1, 0, τ = 2, α = ½, dLoss = 4 → dz = −1, 1, dv = 0, 0, dTargets = 2 ln 2 each
 */
export const distillationLossGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { z, v, targets, dLoss },
  parameters,
) => {
  const { add, divide, exact, multiply, negate } = arithmetic
  const { share, temperature } = parameters
  const p = probabilities(arithmetic, v, temperature)
  const r = surprise(arithmetic, z, v, parameters)

  // Both parts are multiplied before they are added, which the bounds of the other order do not cover.
  const g = divide(dLoss.at(), exact(z.shape[0]!))
  const ofTeacher = multiply(g, multiply(exact(share), exact(temperature)))
  const ofTargets = multiply(g, restOf(arithmetic, share))
  const heated = overTemperature(arithmetic, z, temperature)
  const missed = crossEntropyGradient(arithmetic, heated, p)
  const wrong = crossEntropyGradient(arithmetic, z, targets)
  const dz = build(z.shape, (n, c) =>
    add(multiply(ofTeacher, missed.at(n, c)), multiply(ofTargets, wrong.at(n, c))),
  )

  const behind = throughSoftmax(arithmetic, p, r)
  const logs = logarithms(arithmetic, z, 1)
  return {
    dz,
    dv: elementwise(behind, (each) => multiply(ofTeacher, each)),
    dTargets: elementwise(logs, (each) => negate(multiply(ofTargets, each))),
  }
}
