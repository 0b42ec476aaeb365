import type { gradientProfile as spec } from '../../spec/bptt/gradient-profile.ts'
import { build, fromData, memberOf } from '../arithmetic/array.ts'
import { norm } from '../layers/norm.ts'
import { recurrenceGradient } from '../layers/recurrent.ts'
import type { Reference } from '../reference.ts'

/**
 * Norms of the gradients by every state.
 *
 * Formula    g_t = dh_t + W^T δ_(t+1), δ_t = φ′(a_t) g_t, without dh_0; norms[t] = ‖g_t‖, t = 0..T
 * Clauses    bptt.gradient-profile, bptt.explosion-detectable
 * Shapes     x: [T, N, I], U: [H, I], W: [H, H], b: [H], h0: [N, H], dh: [T, N, H] → norms: [T + 1]
 * Edges      φ′(0) = 0 of the rectifier
 * Source     Pascanu, Mikolov, Bengio (2013), equations 4 and 5
 * Example    one unit without activation, W = 2, dh = 0, 0, 1 → norms = 8, 4, 2, 1
 */
export const gradientProfile: Reference<typeof spec> = (
  arithmetic,
  { x, U, W, b, h0, dh },
  { activation },
) => {
  const { add, exact } = arithmetic
  const [T, N] = x.shape as [number, number]
  const H = b.shape[0]!
  const layer = { x, U, W, b, h0, padded: build([T, N], () => exact(0)) }
  const nothing = build([N, H], () => exact(0))
  const kind = { activation, direction: 'forward' } as const
  const { back } = recurrenceGradient(arithmetic, layer, [dh, nothing], kind)
  const gradient = (t: number) => {
    if (t === 0) return memberOf(back, 0)
    if (t === T) return memberOf(dh, T - 1)
    return build([N, H], (n, i) => add(dh.at(t - 1, n, i), back.at(t, n, i)))
  }
  const norms = Array.from({ length: T + 1 }, (_, t) => norm(arithmetic, gradient(t)))
  return { norms: fromData([T + 1], norms) }
}
