import type { lossGradient as gradientSpec, loss as spec } from '../../spec/bptt/loss.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'
import { crossEntropyGradient, crossEntropyTerms } from '../layers/cross-entropy.ts'
import { type Kind, recurrence, recurrenceGradient } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

type Name = 'x' | 'U' | 'W' | 'b' | 'h0' | 'V' | 'c' | 'y'
type Network<T> = Readonly<Record<Name, NumberArray<T>>>

/** The network as a layer without padding, the first step first. */
function layerOf<T>({ exact }: Arithmetic<T>, { x, U, W, b, h0 }: Network<T>) {
  const [T, N] = x.shape as [number, number]
  return { x, U, W, b, h0, padded: build([T, N], () => exact(0)) }
}

/** The scores and the targets, a row for every step of every sequence. */
function samples<T>(arithmetic: Arithmetic<T>, { V, c, y }: Network<T>, h: NumberArray<T>) {
  const [T, N, H] = h.shape as [number, number, number]
  const O = c.shape[0]!
  const scores = build([T * N, O], (s, k) =>
    arithmetic.add(
      sumOfProducts(
        arithmetic,
        [H],
        (i) => V.at(k, i),
        (i) => h.at(Math.floor(s / N), s % N, i),
      ),
      c.at(k),
    ),
  )
  return { scores, targets: fromData([T * N, O], y.data) }
}

/**
 * Loss of a recurrent network at every step.
 *
 * Formula    h_t = φ(U x_t + W h_{t−1} + b), o_t = V h_t + c,
 *            E[t] = Σ_n −Σ_k y_t[n,k] ln softmax(o_t[n])[k]
 * Clauses    bptt.sum-over-time
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H], V: [O, H], c: [O],
 *            y: [T, N, O] → E: [T]
 * Edges      one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.8 to 10.14
 * Example    weights and biases 0, two classes, y = 1, 0 at one step: E = ln 2
 */
export const loss: Reference<typeof spec> = (arithmetic, inputs, { activation }) => {
  const [T, N] = inputs.x.shape as [number, number]
  const O = inputs.c.shape[0]!
  const layer = layerOf(arithmetic, inputs)
  const { h } = recurrence(arithmetic, layer, { activation, direction: 'forward' })
  const { scores, targets } = samples(arithmetic, inputs, h)
  const terms = crossEntropyTerms(arithmetic, scores, targets)
  const ofStep = (t: number) => sum(arithmetic, [N, O], (n, k) => terms.at(t * N + n, k))
  return { E: build([T], ofStep) }
}

/** What arrives at the scores and at the states of every step from its own loss. */
export function arrivingGradients<T>(
  arithmetic: Arithmetic<T>,
  inputs: Network<T> & { readonly dE: NumberArray<T> },
  activation: Kind['activation'],
) {
  const { multiply } = arithmetic
  const { x, V, dE } = inputs
  const [T, N] = x.shape as [number, number]
  const [O, H] = V.shape as [number, number]
  const kind = { activation, direction: 'forward' } as const
  const layer = layerOf(arithmetic, inputs)
  const states = recurrence(arithmetic, layer, kind)
  const { scores, targets } = samples(arithmetic, inputs, states.h)
  const byScores = crossEntropyGradient(arithmetic, scores, targets)
  const deltaO = build([T, N, O], (t, n, k) => multiply(dE.at(t), byScores.at(t * N + n, k)))
  const dh = build([T, N, H], (t, n, i) =>
    sumOfProducts(
      arithmetic,
      [O],
      (k) => V.at(k, i),
      (k) => deltaO.at(t, n, k),
    ),
  )
  return { kind, layer, states, deltaO, dh }
}

/** dV = Σ_t δo_t h_tᵀ, dc = Σ_t δo_t. */
export function outputGradients<T>(
  arithmetic: Arithmetic<T>,
  deltaO: NumberArray<T>,
  h: NumberArray<T>,
) {
  const [T, N, O] = deltaO.shape as [number, number, number]
  const dV = build([O, h.shape[2]!], (k, i) =>
    sumOfProducts(
      arithmetic,
      [T, N],
      (t, n) => deltaO.at(t, n, k),
      (t, n) => h.at(t, n, i),
    ),
  )
  const dc = build([O], (k) => sum(arithmetic, [T, N], (t, n) => deltaO.at(t, n, k)))
  return { dV, dc }
}

/**
 * Gradients of the loss of a recurrent network, through time: of Σ_t dE[t] E[t].
 *
 * Formula    δo_t = dE[t] ((Σ_k y_t[k]) softmax(o_t) − y_t), dV = Σ_t δo_t h_tᵀ, dc = Σ_t δo_t;
 *            g_t = V^T δo_t + W^T δ_{t+1}, δ_t = φ′(a_t) g_t, dU = Σ_t δ_t x_tᵀ,
 *            dW = Σ_t δ_t h_{t−1}ᵀ, db = Σ_t δ_t, dx_t = U^T δ_t, dH0 = W^T δ_1
 * Clauses    bptt.sum-over-time, bptt.gradient.V, bptt.gradient.hidden-recursion, bptt.gradient.W,
 *            bptt.gradient.U, bptt.gradient.h0
 * Shapes     as of the loss, dE: [T]; each gradient as what it belongs to
 * Edges      φ′(0) = 0 of the rectifier
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.18 to 10.28
 * Example    weights and biases 0, two classes, y = 1, 0 and dE = 1 at one step: dc = −1/2, 1/2
 */
export const lossGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  inputs,
  { activation },
) => {
  const { kind, layer, states, deltaO, dh } = arrivingGradients(arithmetic, inputs, activation)
  const nothing = build(inputs.h0.shape, () => arithmetic.exact(0))
  const arriving = [dh, nothing] as const
  const { dx, dU, dW, db, dH0 } = recurrenceGradient(arithmetic, layer, arriving, kind, states)
  return { dx, dU, dW, db, dH0, ...outputGradients(arithmetic, deltaO, states.h) }
}
