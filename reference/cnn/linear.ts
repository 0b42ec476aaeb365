import type {
  composeConvolutions as composeSpec,
  convolutionStack as stackSpec,
} from '../../spec/cnn/linear.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import { convolution } from '../layers/convolution.ts'
import type { Reference } from '../reference.ts'
import { activate } from './activation.ts'

/**
 * One convolution for two in a row.
 *
 * Formula    F[a,b,k,q] = Σ_m Σ_u Σ_v F₂[u,v,m,q] · F₁[a − S₁u, b − S₁v, k, m], as far as F₁ reaches;
 *            b[q] = b₂[q] + Σ_m Σ_u Σ_v F₂[u,v,m,q] · b₁[m];  S = S₁ S₂
 * Clauses    cnn.linear.collapse
 * Shapes     filters1: [U1, V1, K, M], bias1: [M], filters2: [U2, V2, M, Q], bias2: [Q]
 *            → filters: [(U2 − 1) S₁ + U1, (V2 − 1) S₁ + V1, K, Q], bias: [Q], strides: [2]
 * Edges      a first stride above the first kernel leaves zeros between its copies
 * Source     by putting one sum into the other
 * Example    filters 1, 1 and 1, 1, stride 1 → 1, 2, 1
 */
export const composeConvolutions: Reference<typeof composeSpec> = (
  arithmetic,
  { filters1, bias1, filters2, bias2 },
  { strides1, strides2 },
) => {
  const { add, exact, multiply } = arithmetic
  const [U1, V1, K, M] = filters1.shape as [number, number, number, number]
  const [U2, V2, , Q] = filters2.shape as [number, number, number, number]
  const [Sh, Sw] = strides1
  const zero = exact(0)
  const composite = [(U2 - 1) * Sh + U1, (V2 - 1) * Sw + V1, K, Q]

  const filters = build(composite, (a, b, k, q) =>
    sum(arithmetic, [M, U2, V2], (m, u, v) => {
      const [i, j] = [a - Sh * u, b - Sw * v]
      const reached = i >= 0 && i < U1 && j >= 0 && j < V1
      return reached ? multiply(filters2.at(u, v, m, q), filters1.at(i, j, k, m)) : zero
    }),
  )
  const bias = build([Q], (q) =>
    add(
      bias2.at(q),
      sum(arithmetic, [M, U2, V2], (m, u, v) => multiply(filters2.at(u, v, m, q), bias1.at(m))),
    ),
  )
  return { filters, bias, strides: build([2], (axis) => exact(strides1[axis]! * strides2[axis]!)) }
}

/**
 * Two convolutions in a row.
 *
 * Formula    y = conv₂(ψ(conv₁(x)))
 * Clauses    cnn.linear.collapse, cnn.linear.collapse-padding-caveat, cnn.activation.breaks-collapse
 * Shapes     x: [N, H, W, K] → y: [N, Ho, Wo, Q]
 * Edges      padding counts as 0 in both layers
 * Source     Goodfellow, Bengio, Courville (2016), equation 9.7, twice
 * Example    x = [[1, 0, 0]], padding 1, both filters [[0, 0, 0], [1, 1, 1], [0, 0, 0]] → y = [[2, 2, 1]]
 */
export const convolutionStack: Reference<typeof stackSpec> = (
  arithmetic,
  { x, filters1, bias1, filters2, bias2 },
  { strides1, strides2, padding1, padding2, activation },
) => {
  const dilations = [1, 1] as const
  const around = (p: number) => [p, p, p, p] as const
  const first = { strides: strides1, dilations, padding: around(padding1) }
  const second = { strides: strides2, dilations, padding: around(padding2) }
  const psi = activate(arithmetic, activation, 0)
  const features = elementwise(convolution(arithmetic, x, filters1, bias1, first), psi)
  return { y: convolution(arithmetic, features, filters2, bias2, second) }
}
