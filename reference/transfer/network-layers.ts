import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'

/** The parameters of a network of two rectified layers and a linear head. */
export interface Network<T> {
  readonly weights1: NumberArray<T>
  readonly biases1: NumberArray<T>
  readonly weights2: NumberArray<T>
  readonly biases2: NumberArray<T>
  readonly head: NumberArray<T>
  readonly bias: NumberArray<T>
}

export type Loss = 'squares' | 'softmax'

/** x W + b, a sample a row. */
export function linear<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  W: NumberArray<T>,
  b: NumberArray<T>,
): NumberArray<T> {
  const { add, multiply } = arithmetic
  const [K, J] = W.shape as [number, number]
  return build([x.shape[0]!, J], (n, j) =>
    add(
      b.at(j),
      sum(arithmetic, [K], (k) => multiply(x.at(n, k), W.at(k, j))),
    ),
  )
}

/** max(0, z). */
export function rectified<T>({ exact, maximum }: Arithmetic<T>, z: NumberArray<T>): NumberArray<T> {
  return build(z.shape, (...at) => maximum([exact(0), z.at(...at)]))
}

/** e^(z − m) of a row and their sum, m the largest score, which keeps the exponentials from overflowing. */
function exponentials<T>(arithmetic: Arithmetic<T>, z: NumberArray<T>, n: number) {
  const { exp, maximum, subtract, total } = arithmetic
  const C = z.shape[1]!
  const m = maximum(Array.from({ length: C }, (_, c) => z.at(n, c)))
  const powers = Array.from({ length: C }, (_, c) => exp(subtract(z.at(n, c), m)))
  return { m, powers, sum: total(powers) }
}

/** The mean over the samples of ½ Σ_c (z − t)², or of Σ_c t (m + ln Σ e^(z − m) − z). */
export function meanLoss<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
  kind: Loss,
): T {
  const { add, divide, exact, log, multiply, subtract } = arithmetic
  const [N, C] = z.shape as [number, number]
  const ofSample = (n: number) => {
    if (kind === 'squares') {
      const miss = (c: number) => subtract(z.at(n, c), t.at(n, c))
      return multiply(
        exact(0.5),
        sum(arithmetic, [C], (c) => multiply(miss(c), miss(c))),
      )
    }
    const { m, sum: all } = exponentials(arithmetic, z, n)
    // Both differences are taken apart: m − z is exact where they are equal.
    return sum(arithmetic, [C], (c) => multiply(t.at(n, c), add(log(all), subtract(m, z.at(n, c)))))
  }
  return divide(
    sum(arithmetic, [N], (n) => ofSample(n)),
    exact(N),
  )
}

/** The gradient of the mean loss by the scores: (z − t) / N, or ((Σ_c t) softmax(z) − t) / N. */
export function scoreGradient<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  t: NumberArray<T>,
  kind: Loss,
): NumberArray<T> {
  const { divide, exact, multiply, subtract } = arithmetic
  const [N, C] = z.shape as [number, number]
  const row = (n: number) => {
    if (kind === 'squares') return (c: number) => z.at(n, c)
    const { powers, sum: all } = exponentials(arithmetic, z, n)
    const whole = sum(arithmetic, [C], (c) => t.at(n, c))
    return (c: number) => multiply(whole, divide(powers[c]!, all))
  }
  const rows = Array.from({ length: N }, (_, n) => row(n))
  return build([N, C], (n, c) => divide(subtract(rows[n]!(c), t.at(n, c)), exact(N)))
}

/** hᵀ e and Σ_n e: the gradients by the weights and biases of a layer with input h. */
export function layerGradients<T>(
  arithmetic: Arithmetic<T>,
  h: NumberArray<T>,
  e: NumberArray<T>,
): readonly [weights: NumberArray<T>, biases: NumberArray<T>] {
  const [N, K] = h.shape as [number, number]
  const J = e.shape[1]!
  return [
    build([K, J], (k, j) =>
      sum(arithmetic, [N], (n) => arithmetic.multiply(h.at(n, k), e.at(n, j))),
    ),
    build([J], (j) => sum(arithmetic, [N], (n) => e.at(n, j))),
  ]
}

/** e Wᵀ: the gradient by the input of a layer. */
export function through<T>(
  arithmetic: Arithmetic<T>,
  e: NumberArray<T>,
  W: NumberArray<T>,
): NumberArray<T> {
  const [K, J] = W.shape as [number, number]
  return build([e.shape[0]!, K], (n, k) =>
    sum(arithmetic, [J], (j) => arithmetic.multiply(e.at(n, j), W.at(k, j))),
  )
}

/** The gradient behind a rectifier: e where z > 0, else 0. */
export function gated<T>(
  { exact, less }: Arithmetic<T>,
  e: NumberArray<T>,
  z: NumberArray<T>,
): NumberArray<T> {
  return build(e.shape, (...at) => (less(exact(0), z.at(...at)) ? e.at(...at) : exact(0)))
}

/** The gradients of the mean loss by everything, and the loss. */
export function backpropagate<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  the: Network<T>,
  t: NumberArray<T>,
  kind: Loss,
) {
  const z1 = linear(arithmetic, x, the.weights1, the.biases1)
  const h1 = rectified(arithmetic, z1)
  const z2 = linear(arithmetic, h1, the.weights2, the.biases2)
  const h2 = rectified(arithmetic, z2)
  const z = linear(arithmetic, h2, the.head, the.bias)

  const e3 = scoreGradient(arithmetic, z, t, kind)
  const [head, bias] = layerGradients(arithmetic, h2, e3)
  return {
    loss: meanLoss(arithmetic, z, t, kind),
    head,
    bias,
    /** Evaluated only where needed: below a frozen layer nobody asks on which side of 0 a response lies. */
    below: () => {
      const e2 = gated(arithmetic, through(arithmetic, e3, the.head), z2)
      const [weights2, biases2] = layerGradients(arithmetic, h1, e2)
      const lowest = () => {
        const e1 = gated(arithmetic, through(arithmetic, e2, the.weights2), z1)
        const [weights1, biases1] = layerGradients(arithmetic, x, e1)
        return { weights1, biases1, x: through(arithmetic, e1, the.weights1) }
      }
      return { weights2, biases2, below: lowest }
    },
  }
}
