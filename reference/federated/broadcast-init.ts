import type { averagedNetwork as spec } from '../../spec/federated/broadcast-init.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import {
  build,
  memberOf,
  type NumberArray,
  stacked,
  sum,
  sumOfProducts,
} from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'
import { rectify } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

type Network<T> = Readonly<
  Record<'hidden' | 'hiddenBias' | 'output' | 'outputBias', NumberArray<T>>
>

/** max(x V + a, 0) W + b */
function answer<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  { hidden: V, hiddenBias: a, output: W, outputBias: b }: Network<T>,
): NumberArray<T> {
  return dense(arithmetic, rectify(arithmetic, dense(arithmetic, x, V, a)), W, b)
}

/**
 * Answers of networks, and of the one that their parameters average to.
 *
 * Formula    each[m] = N(x; θ[m]), averaged = N(x; Σ_m n_m θ[m] / Σ_m n_m), N(x; V, a, W, b) = max(x V + a, 0) W + b
 * Clauses    federated.broadcast-init
 * Shapes     x: [N, I], hidden: [M, I, H], hiddenBias: [M, H], output: [M, H, O], outputBias: [M, O], counts: [M]
 *            → each: [M, N, O], averaged: [N, O]
 * Edges      a network without points has no influence on the mean; no points at all are rejected
 * Source     McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), figure 1
 * Example    x = 3, V = 1, −1 | −1, 1, W = 1, 1 | 1, 1, no biases, counts 1, 1 → each 3, 3, averaged 0
 */
export const averagedNetwork: Reference<typeof spec> = (arithmetic, inputs) => {
  const { anyOf, divide, multiply } = arithmetic
  const { x, counts, ...all } = inputs
  const M = counts.shape[0]!
  const n = (m: number) => counts.at(m)
  const total = sum(arithmetic, [M], n)
  const mean = (theta: typeof x) =>
    build(theta.shape.slice(1), (...at) =>
      anyOf(
        () =>
          divide(
            sumOfProducts(arithmetic, [M], n, (m) => theta.at(m, ...at)),
            total,
          ),
        () => sum(arithmetic, [M], (m) => multiply(divide(n(m), total), theta.at(m, ...at))),
      ),
    )
  const made = (of: (theta: typeof x) => typeof x): Network<(typeof x.data)[number]> => ({
    hidden: of(all.hidden),
    hiddenBias: of(all.hiddenBias),
    output: of(all.output),
    outputBias: of(all.outputBias),
  })
  const networks = Array.from({ length: M }, (_, m) => made((theta) => memberOf(theta, m)))
  return {
    each: stacked(networks.map((network) => answer(arithmetic, x, network))),
    averaged: answer(arithmetic, x, made(mean)),
  }
}
