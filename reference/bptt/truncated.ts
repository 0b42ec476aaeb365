import type { truncatedGradient as spec } from '../../spec/bptt/truncated.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import { recurrenceGradient } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'
import { arrivingGradients, outputGradients } from './loss.ts'

/** Some steps of an array in time. */
const steps = <T>(array: NumberArray<T>, from: number, to: number) =>
  build(array.shape.with(0, to - from), (t, ...at) => array.at(from + t, ...at))

/**
 * Gradients of truncated back-propagation through time.
 *
 * Formula    passes end after k, 2k, … steps and after the last one; each goes back through K steps with
 *            the losses since the pass before, g_t = V^T δo_t + W^T δ_(t+1), δ_t = φ′(a_t) g_t; dU, dW and
 *            db are the sums Σ_t δ_t x_tᵀ, Σ_t δ_t h_(t−1)ᵀ and Σ_t δ_t of all passes together
 * Clauses    bptt.truncated
 * Shapes     as of the whole gradient
 * Edges      only passes that reach the first step have a gradient by the first state
 * Source     Williams, Peng (1990)
 * Example    weights and biases 0, two classes, y = 1, 0 and dE = 1 at one step: dc = −1/2, 1/2
 */
export const truncatedGradient: Reference<typeof spec> = (
  arithmetic,
  inputs,
  { activation, window, every },
) => {
  const { exact, total } = arithmetic
  const T = inputs.x.shape[0]!
  const { kind, layer, states, deltaO, dh } = arrivingGradients(arithmetic, inputs, activation)
  const nothing = build(inputs.h0.shape, () => exact(0))

  const passes = Array.from({ length: Math.ceil(T / every) }, (_, pass) => {
    const [start, end] = [pass * every, Math.min(T, (pass + 1) * every)]
    const begin = Math.max(0, end - window)
    const own = build(dh.shape, (t, ...at) => (t < start ? exact(0) : dh.at(t, ...at)))
    const cut = (array: typeof dh) => steps(array, begin, end)
    const before = cut(states.before)
    const piece = {
      ...layer,
      x: cut(layer.x),
      padded: cut(layer.padded),
      h0: build(nothing.shape, (...at) => before.at(0, ...at)),
    }
    const through = { h: cut(states.h), before, last: states.last }
    const arriving = [cut(own), nothing] as const
    return { begin, end, ...recurrenceGradient(arithmetic, piece, arriving, kind, through) }
  })
  const added = (name: 'dU' | 'dW' | 'db', shape: readonly number[]) =>
    build(shape, (...at) => total(passes.map((pass) => pass[name].at(...at))))
  return {
    dx: build(inputs.x.shape, (t, ...at) =>
      total(
        passes
          .filter(({ begin, end }) => begin <= t && t < end)
          .map(({ begin, dx }) => dx.at(t - begin, ...at)),
      ),
    ),
    dU: added('dU', inputs.U.shape),
    dW: added('dW', inputs.W.shape),
    db: added('db', inputs.b.shape),
    dH0: build(nothing.shape, (...at) =>
      total(passes.filter(({ begin }) => begin === 0).map(({ dH0 }) => dH0.at(...at))),
    ),
    ...outputGradients(arithmetic, deltaO, states.h),
  }
}
