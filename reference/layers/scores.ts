import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'

type Three = [number, number, number]

/**
 * Scores of every step, from its state.
 *
 * Formula    o_t[n,k] = Σ_i V[k,i] h_t[n,i] + c[k]
 * Shapes     h: [T, N, H], V: [O, H], c: [O] → o: [T, N, O]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), equation 10.10
 */
export function scoresOf<T>(
  arithmetic: Arithmetic<T>,
  h: NumberArray<T>,
  V: NumberArray<T>,
  c: NumberArray<T>,
): NumberArray<T> {
  const [T, N, H] = h.shape as Three
  return build([T, N, c.shape[0]!], (t, n, k) =>
    arithmetic.add(
      sumOfProducts(
        arithmetic,
        [H],
        (i) => V.at(k, i),
        (i) => h.at(t, n, i),
      ),
      c.at(k),
    ),
  )
}

/**
 * Gradients of the scores of every step.
 *
 * Formula    dh_t[n,i] = Σ_k V[k,i] do_t[n,k], dV[k,i] = Σ_t Σ_n do_t[n,k] h_t[n,i], dc[k] = Σ_t Σ_n do_t[n,k]
 * Shapes     h: [T, N, H], V: [O, H], dO: [T, N, O] → dh: [T, N, H], dV: [O, H], dc: [O]
 * Edges      none
 * Source     Goodfellow, Bengio, Courville (2016), equations 10.19, 10.22 and 10.24
 */
export function scoresGradientOf<T>(
  arithmetic: Arithmetic<T>,
  h: NumberArray<T>,
  V: NumberArray<T>,
  dO: NumberArray<T>,
) {
  const [T, N, H] = h.shape as Three
  const O = dO.shape[2]!
  return {
    dh: build([T, N, H], (t, n, i) =>
      sumOfProducts(
        arithmetic,
        [O],
        (k) => V.at(k, i),
        (k) => dO.at(t, n, k),
      ),
    ),
    dV: build([O, H], (k, i) =>
      sumOfProducts(
        arithmetic,
        [T, N],
        (t, n) => dO.at(t, n, k),
        (t, n) => h.at(t, n, i),
      ),
    ),
    dc: build([O], (k) => sum(arithmetic, [T, N], (t, n) => dO.at(t, n, k))),
  }
}
