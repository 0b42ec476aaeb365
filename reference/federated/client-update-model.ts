import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { crossEntropyGradient } from '../layers/cross-entropy.ts'
import { dense, denseWeightGradient } from '../layers/dense.ts'

/** A linear model, one output a column, or what is to be added to one. */
export interface Model<T> {
  readonly w: NumberArray<T>
  readonly b: NumberArray<T>
}

export type Loss = 'squares' | 'logistic'

/** From a number for every output of every point to one for every parameter: xᵀ e and Σ_n e[n]. */
export function throughLayer<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  e: NumberArray<T>,
): Model<T> {
  const [N, O] = e.shape as [number, number]
  return {
    w: denseWeightGradient(arithmetic, x, e),
    b: build([O], (o) => sum(arithmetic, [N], (n) => e.at(n, o))),
  }
}

/**
 * Sum of the gradients of the losses of some points.
 *
 * Formula    dw = xᵀ e, db = Σ_n e[n]; e = x w + b − y of half the squared distance, (Σ_o y_o) softmax(x w + b) − y
 *            of cross-entropy
 * Shapes     w: [I, O], b: [O], x: [N, I], y: [N, O] → w: [I, O], b: [O]
 * Edges      no points: zeros
 * Source     Goodfellow, Bengio, Courville (2016), sections 6.2.2.3 and 6.5
 */
export function summedGradient<T>(
  arithmetic: Arithmetic<T>,
  { w, b }: Model<T>,
  x: NumberArray<T>,
  y: NumberArray<T>,
  loss: Loss,
): Model<T> {
  const z = dense(arithmetic, x, w, b)
  const e =
    loss === 'squares'
      ? build(z.shape, (n, o) => arithmetic.subtract(z.at(n, o), y.at(n, o)))
      : crossEntropyGradient(arithmetic, z, y)
  return throughLayer(arithmetic, x, e)
}

/**
 * A step of gradient descent against the mean gradient of a batch.
 *
 * Formula    θ′ = θ − η (Σ_n ∇f(θ; n)) / B, or with η / B taken first
 * Shapes     w: [I, O], b: [O], x: [B, I], y: [B, O] → w: [I, O], b: [O]
 * Edges      a rate of 0 leaves the model as it is
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), algorithm 1
 */
export function step<T>(
  arithmetic: Arithmetic<T>,
  model: Model<T>,
  x: NumberArray<T>,
  y: NumberArray<T>,
  { rate, loss }: { readonly rate: number; readonly loss: Loss },
): Model<T> {
  const { anyOf, divide, exact, multiply, subtract } = arithmetic
  const [eta, B] = [exact(rate), exact(x.shape[0]!)]
  const g = summedGradient(arithmetic, model, x, y, loss)
  const moved = (theta: T, gradient: T) =>
    anyOf(
      () => subtract(theta, multiply(eta, divide(gradient, B))),
      () => subtract(theta, multiply(divide(eta, B), gradient)),
    )
  return {
    w: build(model.w.shape, (i, o) => moved(model.w.at(i, o), g.w.at(i, o))),
    b: build(model.b.shape, (o) => moved(model.b.at(o), g.b.at(o))),
  }
}
