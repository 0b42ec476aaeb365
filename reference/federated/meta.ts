import type {
  metaFirstOrder as firstSpec,
  metaObjectiveGradient as gradientSpec,
  metaObjective as spec,
} from '../../spec/federated/meta.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import type { Model } from './client-update-model.ts'
import { hessianTimes, type Local, meanGradient, meanLoss, pointsOf } from './personalized-loss.ts'

/** θ − α g, of both arrays of a model. */
function moved<T>(
  { exact, multiply, subtract }: Arithmetic<T>,
  theta: Model<T>,
  g: Model<T>,
  alpha: number,
): Model<T> {
  const by = (x: NumberArray<T>, slope: NumberArray<T>) =>
    build(x.shape, (...at) => subtract(x.at(...at), multiply(exact(alpha), slope.at(...at))))
  return { w: by(theta.w, g.w), b: by(theta.b, g.b) }
}

/** The points of every client, and the model that its step leads to. */
function adapted<T>(
  arithmetic: Arithmetic<T>,
  theta: Model<T>,
  data: Readonly<Record<'x' | 'y' | 'counts', NumberArray<T>>>,
  { alpha, loss }: { readonly alpha: number; readonly loss: Local<T>['loss'] },
) {
  return Array.from({ length: data.counts.shape[0]! }, (_, k) => {
    const points = pointsOf(arithmetic, data, k, loss)
    const g = meanGradient(arithmetic, theta, points)
    return { points, model: moved(arithmetic, theta, g, alpha) }
  })
}

/** The mean over clients of what each has in the place of a model. */
function overClients<T>(
  arithmetic: Arithmetic<T>,
  each: readonly Model<T>[],
  name: 'w' | 'b',
): NumberArray<T> {
  return build(each[0]![name].shape, (...at) =>
    mean(arithmetic, [each.length], (k) => each[k]![name].at(...at)),
  )
}

/**
 * Objective of a common model that each client adapts by one step.
 *
 * Formula    F = 1/K Σ_k F_k(θ_k), θ_k = θ − α ∇F_k(θ), θ = (w, b)
 * Clauses    federated.meta.objective, federated.meta.gradient
 * Shapes     w: [I, O], b: [O], x: [K, N, I], y: [K, N, O], counts: [K] → objective: [], adaptedW: [K, I, O],
 *            adaptedB: [K, O]
 * Edges      a client without points keeps the common model, and has the loss 0
 * Source     Fallah, Mokhtari, Ozdaglar (2020), section 2
 * Example    x = 0, y = 0 | 4, w = 0, b = 0, α = ½, least squares → adaptedB = 0 | 2, objective 1
 */
export const metaObjective: Reference<typeof spec> = (
  arithmetic,
  { w, b, ...data },
  parameters,
) => {
  const clients = adapted(arithmetic, { w, b }, data, parameters)
  const losses = clients.map(({ model, points }) => meanLoss(arithmetic, model, points))
  return {
    objective: build([], () => mean(arithmetic, [losses.length], (k) => losses[k]!)),
    adaptedW: stacked(clients.map(({ model }) => model.w)),
    adaptedB: stacked(clients.map(({ model }) => model.b)),
  }
}

/**
 * Gradients of the objective of a common model, through the step of each client.
 *
 * Formula    dθ = dF 1/K Σ_k (v_k − α ∇²F_k(θ) v_k), v_k = ∇F_k(θ_k), θ_k = θ − α ∇F_k(θ)
 * Clauses    federated.meta.gradient
 * Shapes     w: [I, O], b: [O], x: [K, N, I], y: [K, N, O], counts: [K], dObjective: [] → dw: [I, O], db: [O]
 * Edges      a client without points adds zeros
 * Source     Fallah, Mokhtari, Ozdaglar (2020), section 2
 * Example    x = 0, y = 0 | 4, w = 0, b = 0, α = ½, dObjective = 1 → dw = 0, db = ½ (0 + ½ (−2)) = −½
 */
export const metaObjectiveGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { w, b, dObjective, ...data },
  parameters,
) => {
  const { anyOf, divide, exact, multiply } = arithmetic
  const theta = { w, b }
  const g = dObjective.at()
  const each = adapted(arithmetic, theta, data, parameters).map(({ model, points }) => {
    const v = meanGradient(arithmetic, model, points)
    const curved = hessianTimes(arithmetic, theta, v, points)
    return moved(arithmetic, v, curved, parameters.alpha)
  })
  const by = (name: 'w' | 'b') => {
    const means = overClients(arithmetic, each, name)
    return build(means.shape, (...at) => {
      const share = divide(g, exact(each.length))
      return anyOf(
        () => multiply(g, means.at(...at)),
        () => arithmetic.total(each.map((slope) => multiply(share, slope[name].at(...at)))),
      )
    })
  }
  return { dw: by('w'), db: by('b') }
}

/**
 * First-order approximation of the gradient of the objective of a common model.
 *
 * Formula    dθ = 1/K Σ_k ∇F_k(θ_k), θ_k = θ − α ∇F_k(θ)
 * Clauses    federated.meta.gradient
 * Shapes     w: [I, O], b: [O], x: [K, N, I], y: [K, N, O], counts: [K] → dw: [I, O], db: [O]
 * Edges      a client without points adds zeros
 * Source     Finn, Abbeel, Levine (2017), section 5.2
 * Example    x = 0, y = 0 | 4, w = 0, b = 0, α = ½, least squares → dw = 0, db = ½ (0 − 2) = −1
 */
export const metaFirstOrder: Reference<typeof firstSpec> = (
  arithmetic,
  { w, b, ...data },
  parameters,
) => {
  const each = adapted(arithmetic, { w, b }, data, parameters).map(({ model, points }) =>
    meanGradient(arithmetic, model, points),
  )
  return { dw: overClients(arithmetic, each, 'w'), db: overClients(arithmetic, each, 'b') }
}
