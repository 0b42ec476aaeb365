import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'

/** The parameters of a network with one hidden layer, and its samples. */
export interface TanhNetwork<T> {
  readonly x: NumberArray<T>
  readonly weights1: NumberArray<T>
  readonly bias1: NumberArray<T>
  readonly weights2: NumberArray<T>
  readonly bias2: NumberArray<T>
}

/** What the hidden units and the outputs of a network give: h = tanh(b + x W), y = f(b′ + h W′). */
export function forward<T>(
  arithmetic: Arithmetic<T>,
  { x, weights1, bias1, weights2, bias2 }: TanhNetwork<T>,
  outputs: 'linear' | 'tanh',
): { readonly h: NumberArray<T>; readonly y: NumberArray<T> } {
  const { tanh } = arithmetic
  const h = elementwise(dense(arithmetic, x, weights1, bias1), tanh)
  const a = dense(arithmetic, h, weights2, bias2)
  return { h, y: outputs === 'tanh' ? elementwise(a, tanh) : a }
}

/** The squared errors of all outputs, as a mean over samples: (1/N) Σ_n Σ_c (d[n,c] − y[n,c])². */
export function meanSquares<T>(arithmetic: Arithmetic<T>, d: NumberArray<T>, y: NumberArray<T>): T {
  const { divide, exact, multiply, subtract } = arithmetic
  const squares = sum(arithmetic, y.shape, (n, c) => {
    const e = subtract(d.at(n, c), y.at(n, c))
    return multiply(e, e)
  })
  return divide(squares, exact(y.shape[0]!))
}
