import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { crossEntropyTerms } from '../layers/cross-entropy.ts'
import { dense } from '../layers/dense.ts'
import { softmax, throughSoftmax } from '../layers/softmax.ts'
import { sumOfSquares } from '../layers/squares.ts'
import { type Loss, type Model, summedGradient, throughLayer } from './client-update-model.ts'

/** The points of one client, and what is minimized. */
export interface Local<T> {
  readonly x: NumberArray<T>
  readonly y: NumberArray<T>
  readonly loss: Loss
}

/** The points of a client, without what is padding. */
export function pointsOf<T>(
  { toNumber }: Arithmetic<T>,
  { x, y, counts }: Readonly<Record<'x' | 'y' | 'counts', NumberArray<T>>>,
  k: number,
  loss: Loss,
): Local<T> {
  const n = toNumber(counts.at(k))
  const first = (array: NumberArray<T>) =>
    build([n, array.shape[2]!], (place, i) => array.at(k, place, i))
  return { x: first(x), y: first(y), loss }
}

/** A mean over points; 0 where there are none. */
function overPoints<T>({ divide, exact }: Arithmetic<T>, whole: T, n: number): T {
  return n === 0 ? exact(0) : divide(whole, exact(n))
}

/**
 * Mean loss of a linear model on the points of a client.
 *
 * Formula    F = 1/n Σ_n f[n]; f = ½ ‖x w + b − y‖², or the cross-entropy of y with softmax(x w + b)
 * Shapes     w: [I, O], b: [O], x: [n, I], y: [n, O] → one number
 * Edges      no points: 0
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), section 2
 */
export function meanLoss<T>(
  arithmetic: Arithmetic<T>,
  { w, b }: Model<T>,
  { x, y, loss }: Local<T>,
): T {
  const { exact, multiply, subtract } = arithmetic
  const n = x.shape[0]!
  if (n === 0) return exact(0)
  const z = dense(arithmetic, x, w, b)
  if (loss === 'logistic') {
    const terms = crossEntropyTerms(arithmetic, z, y)
    const whole = sum(arithmetic, [n, z.shape[1]!], (place, o) => terms.at(place, o))
    return overPoints(arithmetic, whole, n)
  }
  const e = build(z.shape, (place, o) => subtract(z.at(place, o), y.at(place, o)))
  return overPoints(arithmetic, multiply(exact(0.5), sumOfSquares(arithmetic, e)), n)
}

/** Sums over the points of a client become means. */
function perPoint<T>(arithmetic: Arithmetic<T>, { w, b }: Model<T>, n: number): Model<T> {
  return {
    w: build(w.shape, (i, o) => overPoints(arithmetic, w.at(i, o), n)),
    b: build(b.shape, (o) => overPoints(arithmetic, b.at(o), n)),
  }
}

/**
 * Its gradient.
 *
 * Formula    ∇F = 1/n (xᵀ e, Σ_n e[n]); e = x w + b − y, or (Σ_o y_o) softmax(x w + b) − y
 * Shapes     w: [I, O], b: [O], x: [n, I], y: [n, O] → w: [I, O], b: [O]
 * Edges      no points: zeros
 * Source     Goodfellow, Bengio, Courville (2016), sections 6.2.2.3 and 6.5
 */
export function meanGradient<T>(
  arithmetic: Arithmetic<T>,
  model: Model<T>,
  { x, y, loss }: Local<T>,
): Model<T> {
  return perPoint(arithmetic, summedGradient(arithmetic, model, x, y, loss), x.shape[0]!)
}

/**
 * Its Hessian times a direction v.
 *
 * Formula    ∇²F v = 1/n (xᵀ ė, Σ_n ė[n]); ż = x v_w + v_b; ė = ż, or (Σ_o y_o) p ⊙ (ż − Σ_o p_o ż_o),
 *            p = softmax(x w + b)
 * Shapes     w, v.w: [I, O], b, v.b: [O], x: [n, I], y: [n, O] → w: [I, O], b: [O]
 * Edges      no points: zeros
 * Source     Pearlmutter (1994), Fast exact multiplication by the Hessian, section 3
 */
export function hessianTimes<T>(
  arithmetic: Arithmetic<T>,
  { w, b }: Model<T>,
  v: Model<T>,
  { x, y, loss }: Local<T>,
): Model<T> {
  const { multiply } = arithmetic
  const moved = dense(arithmetic, x, v.w, v.b)
  const [n, O] = y.shape as [number, number]
  const mean = (e: NumberArray<T>) => perPoint(arithmetic, throughLayer(arithmetic, x, e), n)
  if (loss === 'squares') return mean(moved)
  const p = softmax(arithmetic, dense(arithmetic, x, w, b))
  const through = throughSoftmax(arithmetic, p, moved)
  const whole = build([n], (place) => sum(arithmetic, [O], (o) => y.at(place, o)))
  const e = build(through.shape, (place, o) => multiply(whole.at(place), through.at(place, o)))
  return mean(e)
}
