import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { tanhSlope } from '../../../reference/layers/tanh.ts'

type Arrays<T> = Readonly<Record<string, NumberArray<T>>>

const times = <T>(arithmetic: Arithmetic<T>, A: NumberArray<T>, B: NumberArray<T>) =>
  build([A.shape[0]!, B.shape[1]!], (i, j) =>
    sum(arithmetic, [B.shape[0]!], (k) => arithmetic.multiply(A.at(i, k), B.at(k, j))),
  )

/**
 * Twenty steps of gradient descent on a network of one hidden layer with tanh: its weights.
 *
 * @param slip what becomes of the lower weights after a step; nothing unless told otherwise
 */
export function descent<T>(
  arithmetic: Arithmetic<T>,
  { x, y, V, w }: Arrays<T>,
  slip: (weights: NumberArray<T>, step: number) => NumberArray<T> = (weights) => weights,
): T[] {
  const { exact, multiply, subtract, tanh } = arithmetic
  const [M, D] = x!.shape as [number, number]
  const N = V!.shape[0]!
  const rate = exact(2 ** -5)
  let [v, u] = [V!, w!]
  for (let step = 0; step < 20; step++) {
    const [weights, last] = [v, u]
    const h = build([M, N], (m, n) =>
      tanh(sum(arithmetic, [D], (d) => multiply(weights.at(n, d), x!.at(m, d)))),
    )
    const r = build([M], (m) =>
      subtract(
        sum(arithmetic, [N], (n) => multiply(last.at(n), h.at(m, n))),
        y!.at(m),
      ),
    )
    const q = build([M, N], (m, n) =>
      multiply(multiply(r.at(m), last.at(n)), tanhSlope(arithmetic, h.at(m, n))),
    )
    const less = (now: T, gradient: T) => subtract(now, multiply(rate, gradient))
    u = build([N], (n) =>
      less(
        last.at(n),
        sum(arithmetic, [M], (m) => multiply(r.at(m), h.at(m, n))),
      ),
    )
    const next = build([N, D], (n, d) =>
      less(
        weights.at(n, d),
        sum(arithmetic, [M], (m) => multiply(q.at(m, n), x!.at(m, d))),
      ),
    )
    v = slip(next, step)
  }
  return [...v.data, ...u.data]
}

/** √A by the coupled iteration of Newton and Schulz: Y ← Y T, Z ← T Z, T = ½ (3 I − Z Y). */
export function matrixRoot<T>(arithmetic: Arithmetic<T>, { A }: Arrays<T>): T[] {
  const { exact, multiply, subtract } = arithmetic
  const N = A!.shape[0]!
  const identity = build([N, N], (i, j) => exact(i === j ? 1 : 0))
  let [Y, Z] = [A!, identity]
  for (let step = 0; step < 10; step++) {
    const ZY = times(arithmetic, Z, Y)
    const T = build([N, N], (i, j) =>
      multiply(exact(0.5), subtract(exact(i === j ? 3 : 0), ZY.at(i, j))),
    )
    Y = times(arithmetic, Y, T)
    Z = times(arithmetic, T, Z)
  }
  return [...Y.data]
}

/** A symmetric matrix after one sweep of rotations, each of which makes an element 0 (Jacobi). */
export function sweepOfRotations<T>(arithmetic: Arithmetic<T>, { A }: Arrays<T>): T[] {
  const { abs, add, divide, exact, less, multiply, negate, sqrt, subtract } = arithmetic
  const N = A!.shape[0]!
  const [zero, one, two] = [exact(0), exact(1), exact(2)]
  let a = A!
  for (let p = 0; p < N; p++) {
    for (let q = p + 1; q < N; q++) {
      const now = a
      const tau = divide(subtract(now.at(q, q), now.at(p, p)), multiply(two, now.at(p, q)))
      const size = divide(one, add(abs(tau), sqrt(add(one, multiply(tau, tau)))))
      const t = less(tau, zero) ? negate(size) : size
      const c = divide(one, sqrt(add(one, multiply(t, t))))
      const s = multiply(t, c)
      const rows = build([N, N], (i, j) => {
        if (i === p) return subtract(multiply(c, now.at(p, j)), multiply(s, now.at(q, j)))
        if (i === q) return add(multiply(s, now.at(p, j)), multiply(c, now.at(q, j)))
        return now.at(i, j)
      })
      a = build([N, N], (i, j) => {
        if (j === p) return subtract(multiply(c, rows.at(i, p)), multiply(s, rows.at(i, q)))
        if (j === q) return add(multiply(s, rows.at(i, p)), multiply(c, rows.at(i, q)))
        return rows.at(i, j)
      })
    }
  }
  return [...a.data]
}
