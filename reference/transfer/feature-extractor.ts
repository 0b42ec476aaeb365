import type {
  convolutionalDescriptors as convolutionalSpec,
  descriptorSize as sizeSpec,
  denseDescriptors as spec,
} from '../../spec/transfer/feature-extractor.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { linear, rectified } from './network-layers.ts'

/**
 * Descriptors from a fully connected layer.
 *
 * Formula    φ₁ = (x W₁ + b₁)₊, φ₂ = (φ₁ W₂ + b₂)₊
 * Clauses    transfer.feature-extractor, transfer.features-equal-frozen-training
 * Shapes     x: [N, I], weights1: [I, H], weights2: [H, F] → descriptors: [N, H] or [N, F]
 * Edges      none
 * Source     Stanford CS231n, Transfer learning: 4096 numbers of the last hidden layer of AlexNet
 * Example    W₁ = (1, 2), b₁ = 0, x = (1, 1), layer 1 → 3
 */
export const denseDescriptors: Reference<typeof spec> = (arithmetic, the, { layer }) => {
  const lower = rectified(arithmetic, linear(arithmetic, the.x, the.weights1, the.biases1))
  if (layer === 1) return { descriptors: lower }
  return {
    descriptors: rectified(arithmetic, linear(arithmetic, lower, the.weights2, the.biases2)),
  }
}

/**
 * Descriptors from a convolutional layer.
 *
 * Formula    y[n,i,j,q] = (b[q] + Σ_u Σ_v Σ_k x[n,i+u,j+v,k] F[u,v,k,q])₊;
 *            pooled: φ[n,q] = Σ_i Σ_j y[n,i,j,q] / (Ho Wo); flattened: φ[n, (i Wo + j) Q + q] = y[n,i,j,q]
 * Clauses    transfer.feature-extractor
 * Shapes     x: [N, R, S, K], filters: [U, V, K, Q], bias: [Q] → descriptors: [N, Q] or [N, Ho Wo Q]
 * Edges      a single position: both are the same
 * Source     Razavian, Azizpour, Sullivan, Carlsson (2014), section 3
 * Example    x = 1, 3 in a row, filter 1, bias 0 → pooled 2, flattened 1, 3
 */
export const convolutionalDescriptors: Reference<typeof convolutionalSpec> = (
  arithmetic,
  { x, filters, bias },
  { pooled },
) => {
  const { add, divide, exact, maximum, multiply } = arithmetic
  const [N, R, S, K] = x.shape as [number, number, number, number]
  const [U, V, , Q] = filters.shape as [number, number, number, number]
  const [Ho, Wo] = [R - U + 1, S - V + 1]
  const y = build([N, Ho, Wo, Q], (n, i, j, q) => {
    const response = sum(arithmetic, [U, V, K], (u, v, k) =>
      multiply(x.at(n, i + u, j + v, k), filters.at(u, v, k, q)),
    )
    return maximum([exact(0), add(bias.at(q), response)])
  })
  if (!pooled) {
    return {
      descriptors: build([N, Ho * Wo * Q], (n, at) => {
        const position = Math.floor(at / Q)
        return y.at(n, Math.floor(position / Wo), position % Wo, at % Q)
      }),
    }
  }
  return {
    descriptors: build([N, Q], (n, q) =>
      sum(arithmetic, [Ho, Wo], (i, j) => divide(y.at(n, i, j, q), exact(Ho * Wo))),
    ),
  }
}

/**
 * Length of a descriptor and number of weights of its layer.
 *
 * Formula    length = Q, or Ho Wo Q when flattened; weights = U V K Q
 * Clauses    transfer.feature-extractor
 * Shapes     → length: [], weights: []
 * Edges      one position and a 1 × 1 kernel: a fully connected layer
 * Source     Stanford CS231n, Transfer learning
 * Example    4096 units on 4096 → length 4096, weights 16 777 216
 */
export const descriptorSize: Reference<typeof sizeSpec> = ({ exact, multiply }, _, the) => {
  const product = (...factors: readonly number[]) => factors.map(exact).reduce(multiply)
  const { rows, columns, filters } = the
  const length = the.pooled ? exact(filters) : product(rows, columns, filters)
  const weights = product(the.kernelRows, the.kernelColumns, the.channels, filters)
  return { length: build([], () => length), weights: build([], () => weights) }
}
