import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { sigmoid } from '../../../reference/layers/sigmoid.ts'
import { tanhSlope } from '../../../reference/layers/tanh.ts'

type Arrays<T> = Readonly<Record<string, NumberArray<T>>>

/** x − rate · g, element by element. */
function less<T>(
  { multiply, subtract }: Arithmetic<T>,
  x: NumberArray<T>,
  rate: T,
  g: NumberArray<T>,
): NumberArray<T> {
  return build(x.shape, (...at) => subtract(x.at(...at), multiply(rate, g.at(...at))))
}

/**
 * Five rounds of federated averaging: each of K clients takes four steps of descent on its own samples
 * from the common weights, of the model tanh ⟨w, x⟩; then w = Σ_k n_k / n w_k.
 */
export function federated<T>(arithmetic: Arithmetic<T>, { x, y, w }: Arrays<T>): T[] {
  const { divide, exact, multiply, subtract, tanh } = arithmetic
  const [K, M, D] = x!.shape as [number, number, number]
  const rate = exact(2 ** -4)
  // The clients have different numbers of samples: the first one all, the last one the fewest.
  const samples = (k: number) => M - k
  const all = Array.from({ length: K }, (_, k) => samples(k)).reduce((n, count) => n + count, 0)
  const share = Array.from({ length: K }, (_, k) => divide(exact(samples(k)), exact(all)))
  const trained = (start: NumberArray<T>, k: number): NumberArray<T> => {
    let own = start
    for (let step = 0; step < 4; step++) {
      const now = own
      const h = build([samples(k)], (m) =>
        tanh(sum(arithmetic, [D], (d) => multiply(now.at(d), x!.at(k, m, d)))),
      )
      const q = build(h.shape, (m) =>
        multiply(subtract(h.at(m), y!.at(k, m)), tanhSlope(arithmetic, h.at(m))),
      )
      const gradient = build([D], (d) =>
        sum(arithmetic, h.shape, (m) => multiply(q.at(m), x!.at(k, m, d))),
      )
      own = less(arithmetic, now, rate, gradient)
    }
    return own
  }
  let common = w!
  for (let round = 0; round < 5; round++) {
    const start = common
    const clients = Array.from({ length: K }, (_, k) => trained(start, k))
    common = build([D], (d) => sum(arithmetic, [K], (k) => multiply(share[k]!, clients[k]!.at(d))))
  }
  return [...common.data]
}

/**
 * Ten steps of a generator A z + c against a discriminator σ(⟨u, tanh(V x + e)⟩), in turns: the one that
 * tells samples from what is generated, by the cross entropy, then the one that deceives it, by −ln D.
 */
export function adversarial<T>(arithmetic: Arithmetic<T>, given: Arrays<T>): T[] {
  const { add, divide, exact, multiply, subtract, tanh } = arithmetic
  const { x, z } = given
  const [M, D] = x!.shape as [number, number]
  const H = given.u!.shape[0]!
  const rate = exact(2 ** -3)
  const [one, count] = [exact(1), exact(M)]
  let [A, c, V, u, e] = [given.A!, given.c!, given.V!, given.u!, given.e!]
  const generated = () =>
    build([M, D], (m, i) =>
      add(
        sum(arithmetic, [z!.shape[1]!], (j) => multiply(A.at(i, j), z!.at(m, j))),
        c.at(i),
      ),
    )
  /** tanh(V x + e) of every sample, and σ(⟨u, ·⟩) of it. */
  const judged = (samples: NumberArray<T>) => {
    const t = build([M, H], (m, n) =>
      tanh(
        add(
          sum(arithmetic, [D], (i) => multiply(V.at(n, i), samples.at(m, i))),
          e.at(n),
        ),
      ),
    )
    const real = build([M], (m) =>
      sigmoid(
        arithmetic,
        sum(arithmetic, [H], (n) => multiply(u.at(n), t.at(m, n))),
      ),
    )
    return { t, real }
  }
  /** The derivatives of the loss by V x + e, where that by ⟨u, ·⟩ is `by`. */
  const back = (by: NumberArray<T>, t: NumberArray<T>) =>
    build([M, H], (m, n) =>
      multiply(multiply(by.at(m), u.at(n)), tanhSlope(arithmetic, t.at(m, n))),
    )
  const mean = (of: (m: number) => T) => build([M], (m) => divide(of(m), count))

  for (let step = 0; step < 10; step++) {
    const fakes = generated()
    const [true_, false_] = [judged(x!), judged(fakes)]
    const byTrue = mean((m) => subtract(true_.real.at(m), one))
    const byFalse = mean((m) => false_.real.at(m))
    const [backTrue, backFalse] = [back(byTrue, true_.t), back(byFalse, false_.t)]
    /** Σ over both kinds of samples. */
    const both = (ofTrue: (m: number) => T, ofFalse: (m: number) => T) =>
      add(sum(arithmetic, [M], ofTrue), sum(arithmetic, [M], ofFalse))
    const du = build([H], (n) =>
      both(
        (m) => multiply(byTrue.at(m), true_.t.at(m, n)),
        (m) => multiply(byFalse.at(m), false_.t.at(m, n)),
      ),
    )
    const dV = build([H, D], (n, i) =>
      both(
        (m) => multiply(backTrue.at(m, n), x!.at(m, i)),
        (m) => multiply(backFalse.at(m, n), fakes.at(m, i)),
      ),
    )
    const de = build([H], (n) =>
      both(
        (m) => backTrue.at(m, n),
        (m) => backFalse.at(m, n),
      ),
    )
    ;[V, u, e] = [
      less(arithmetic, V, rate, dV),
      less(arithmetic, u, rate, du),
      less(arithmetic, e, rate, de),
    ]
    const deceived = judged(fakes)
    const by = back(
      mean((m) => subtract(deceived.real.at(m), one)),
      deceived.t,
    )
    const dx = build([M, D], (m, i) =>
      sum(arithmetic, [H], (n) => multiply(by.at(m, n), V.at(n, i))),
    )
    const dA = build(A.shape, (i, j) =>
      sum(arithmetic, [M], (m) => multiply(dx.at(m, i), z!.at(m, j))),
    )
    const dc = build([D], (i) => sum(arithmetic, [M], (m) => dx.at(m, i)))
    ;[A, c] = [less(arithmetic, A, rate, dA), less(arithmetic, c, rate, dc)]
  }
  return [A, c, V, u, e].flatMap(({ data }) => [...data])
}
