import type {
  pruningCosts as costsSpec,
  keepFilters as filtersSpec,
  keepUnits as spec,
} from '../../spec/pruning/structured.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** The places of the K largest of some scores, in their order; of equal ones the lower index is left out first. */
function largest<T>({ less }: Arithmetic<T>, scores: readonly T[], K: number): readonly number[] {
  const order = [...scores.keys()].sort((i, k) =>
    less(scores[i]!, scores[k]!) ? -1 : less(scores[k]!, scores[i]!) ? 1 : i - k,
  )
  return order.slice(scores.length - K).sort((i, k) => i - k)
}

/**
 * Network without the hidden units of the lowest scores, as smaller dense layers.
 *
 * Formula    s[j] = Σ_i |W₁[i,j]|; S = the K units with the largest s; W₁[:,S], b₁[S], W₂[S,:];
 *            incoming weights: b₂[c] + Σ_{j∉S} max(0, b₁[j]) W₂[j,c], else b₂[c]
 * Clauses    pruning.structured
 * Shapes     weights1: [D, M], bias1: [M], weights2: [M, C], bias2: [C] → units: [M], weights1: [D, K],
 *            bias1: [K], weights2: [K, C], bias2: [C]
 * Edges      of equal scores the lower index goes first
 * Source     Li, Kadav, Durdanovic, Samet, Graf (2017), section 3.1
 * Example    W₁ = 3, -1, b₁ = 0, 2, W₂ = 1 | 5, b₂ = 1, K = 1, incoming weights → units = 1, 0, W₁ = 3,
 *            b₁ = 0, W₂ = 1, b₂ = 11
 */
export const keepUnits: Reference<typeof spec> = (
  arithmetic,
  { weights1, bias1, weights2, bias2 },
  { kept: K, removal },
) => {
  const { abs, add, exact, maximum, multiply } = arithmetic
  const [D, M] = weights1.shape as [number, number]
  const C = bias2.shape[0]!
  const scores = Array.from({ length: M }, (_, j) =>
    sum(arithmetic, [D], (i) => abs(weights1.at(i, j))),
  )
  const S = largest(arithmetic, scores, K)
  const removed = [...scores.keys()].filter((j) => !S.includes(j))
  const constant = (c: number) =>
    sum(arithmetic, [removed.length], (k) => {
      const j = removed[k]!
      return multiply(maximum([exact(0), bias1.at(j)]), weights2.at(j, c))
    })
  return {
    units: build([M], (j) => exact(S.includes(j) ? 1 : 0)),
    weights1: build([D, K], (i, k) => weights1.at(i, S[k]!)),
    bias1: build([K], (k) => bias1.at(S[k]!)),
    weights2: build([K, C], (k, c) => weights2.at(S[k]!, c)),
    bias2: build([C], (c) =>
      removal === 'units' || removed.length === 0 ? bias2.at(c) : add(bias2.at(c), constant(c)),
    ),
  }
}

/**
 * Convolutions without the filters of the smallest norms, as smaller dense banks.
 *
 * Formula    s[q] = Σ_u Σ_v Σ_k |F[u,v,k,q]|; S = the K filters with the largest s; F[:,:,:,S], b[S], and
 *            of the next bank the channels S
 * Clauses    pruning.structured
 * Shapes     filters: [Hf, Wf, K, Q], bias: [Q], next: [Hf, Wf, Q, R] → left: [Q], the same with K for Q
 * Edges      of equal norms the lower index goes first
 * Source     Li, Kadav, Durdanovic, Samet, Graf (2017), section 3.1
 * Example    F = -2, 1 (1 × 1, one channel), b = 5, 6, next = 7 | 8, K = 1 → left = 1, 0, F = -2, b = 5,
 *            next = 7
 */
export const keepFilters: Reference<typeof filtersSpec> = (
  arithmetic,
  { filters, bias, next },
  { kept },
) => {
  const { abs, exact } = arithmetic
  const [Hf, Wf, K, Q] = filters.shape as [number, number, number, number]
  const R = next.shape[3]!
  const scores = Array.from({ length: Q }, (_, q) =>
    sum(arithmetic, [Hf, Wf, K], (u, v, k) => abs(filters.at(u, v, k, q))),
  )
  const S = largest(arithmetic, scores, kept)
  return {
    left: build([Q], (q) => exact(S.includes(q) ? 1 : 0)),
    filters: build([Hf, Wf, K, kept], (u, v, k, q) => filters.at(u, v, k, S[q]!)),
    bias: build([kept], (q) => bias.at(S[q]!)),
    next: build([Hf, Wf, kept, R], (u, v, q, r) => next.at(u, v, S[q]!, r)),
  }
}

/**
 * Storage and products of a layer, pruned by units and by single weights.
 *
 * Formula    dense D M b, units D k b, rows D k (b + b′) + (D + 1) b′, four D ⌈M/4⌉ 2 (b + 2);
 *            products N D M and N D k
 * Clauses    pruning.structured
 * Shapes     → all of them: []
 * Edges      a last group of fewer than four counts as a whole one
 * Source     Mishra et al. (2021), section 3
 * Example    N = 1, D = 2, M = 4, k = 2, b = b′ = 8 → 64, 32, 88, 40; 8, 4
 */
export const pruningCosts: Reference<typeof costsSpec> = (
  { exact },
  _,
  { samples: N, before: D, units: M, kept: k, valueBits: b, indexBits },
) => {
  const single = (value: number) => build([], () => exact(value))
  return {
    denseBits: single(D * M * b),
    unitsBits: single(D * k * b),
    rowsBits: single(D * k * (b + indexBits) + (D + 1) * indexBits),
    fourBits: single(D * Math.ceil(M / 4) * 2 * (b + 2)),
    denseProducts: single(N * D * M),
    unitsProducts: single(N * D * k),
  }
}
