import type {
  convolutionalDescriptors as convolutionalSpec,
  descriptorSize as sizeSpec,
  denseDescriptors as spec,
} from '../../spec/transfer/feature-extractor.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import { convolution } from '../layers/convolution.ts'
import { dense } from '../layers/dense.ts'
import { flattened } from '../layers/flatten.ts'
import { globalAverage } from '../layers/global-average.ts'
import { rectify } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

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
  const lower = rectify(arithmetic, dense(arithmetic, the.x, the.weights1, the.biases1))
  if (layer === 1) return { descriptors: lower }
  return {
    descriptors: rectify(arithmetic, dense(arithmetic, lower, the.weights2, the.biases2)),
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
  const valid = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const
  const maps = rectify(arithmetic, convolution(arithmetic, x, filters, bias, valid))
  return { descriptors: pooled ? globalAverage(arithmetic, maps) : flattened(maps) }
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
export const descriptorSize: Reference<typeof sizeSpec> = (arithmetic, _, the) => {
  const { rows, columns, filters } = the
  const length = the.pooled
    ? arithmetic.exact(filters)
    : product(arithmetic, rows, columns, filters)
  const weights = product(arithmetic, the.kernelRows, the.kernelColumns, the.channels, filters)
  return { length: build([], () => length), weights: build([], () => weights) }
}
