import type {
  maskFromCode as codeSpec,
  evolveMasks as evolveSpec,
  maskFitness as spec,
} from '../../spec/pruning/search.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../arithmetic/array.ts'
import { halfForm } from '../layers/quadratic-form.ts'
import type { Reference } from '../reference.ts'

/**
 * Mask that a whole number stands for.
 *
 * Formula    m[k] = ⌊c / 2^k⌋ mod 2
 * Clauses    pruning.search.mask-encoding
 * Shapes     → mask: [P]
 * Edges      0 is the network without connections
 * Source     Whitley, Starkweather, Bogart (1990)
 * Example    c = 6, P = 4 → m = 0, 1, 1, 0
 */
export const maskFromCode: Reference<typeof codeSpec> = (
  { exact },
  _,
  { connections: P, code: c },
) => ({ mask: build([P], (k) => exact(Math.floor(c / 2 ** k) % 2)) })

interface Loss<T> {
  readonly matrix: NumberArray<T>
  readonly minimum: NumberArray<T>
}

/** E(w) + λ Σ m of one network, E(w) = ½ (w − ŵ)ᵀ H (w − ŵ). */
function worth<T>(
  arithmetic: Arithmetic<T>,
  { matrix, minimum }: Loss<T>,
  w: readonly T[],
  connections: number,
  price: number,
): T {
  const { add, exact, multiply, subtract } = arithmetic
  const off = build([w.length], (k) => subtract(w[k]!, minimum.at(k)))
  const E = halfForm(arithmetic, matrix, off)
  return add(E, multiply(exact(price), exact(connections)))
}

/**
 * Loss and size of networks with some of the connections.
 *
 * Formula    networks[n] = m[n] ⊙ w; F[n] = ½ (m ⊙ w − ŵ)ᵀ H (m ⊙ w − ŵ) + λ Σ_k m[n,k]
 * Clauses    pruning.search.mask-encoding, pruning.search.evolution
 * Shapes     masks: [A, P], weights, minimum: [P], matrix: [P, P] → networks: [A, P], fitness: [A]
 * Edges      a weight without its connection is not looked at
 * Source     Whitley, Starkweather, Bogart (1990)
 * Example    m = 1, 0, w = 3, 5, H = 2, 0 | 0, 4, ŵ = 1, 1, λ = 1 → network 3, 0, F = 7
 */
export const maskFitness: Reference<typeof spec> = (
  arithmetic,
  { masks, weights, ...loss },
  { price },
) => {
  const { exact, toNumber } = arithmetic
  const [A, P] = masks.shape as [number, number]
  const isThere = (n: number, k: number) => toNumber(masks.at(n, k)) === 1
  const networks = build([A, P], (n, k) => (isThere(n, k) ? weights.at(k) : exact(0)))
  const all = Array.from({ length: P }, (_, k) => k)
  return {
    networks,
    fitness: build([A], (n) =>
      worth(
        arithmetic,
        loss,
        all.map((k) => networks.at(n, k)),
        all.filter((k) => isThere(n, k)).length,
        price,
      ),
    ),
  }
}

/**
 * Generation of an evolutionary search for masks and weights.
 *
 * Formula    children: m[b mod A] ⊕ f[b], w[b mod A] + ξ[b]; of parents and children the A with the lowest
 *            F, sorted by it
 * Clauses    pruning.search.evolution
 * Shapes     masks, weights: [A, P], flips, noise: [B, P], minimum: [P], matrix: [P, P] → masks, weights:
 *            [A, P], fitness: [A]
 * Edges      of equal values parents go before children, and lower indices before higher ones
 * Source     Beyer, Schwefel (2002), section 3
 * Example    m = 1, w = 3, f = 1, ξ = 0, H = 2, ŵ = 1, λ = 0 → F of the parent 4, of the child 1: m = 0,
 *            w = 3, F = 1
 */
export const evolveMasks: Reference<typeof evolveSpec> = (
  arithmetic,
  { masks, weights, flips, noise, ...loss },
  { price },
) => {
  const { add, exact, less, toNumber } = arithmetic
  const [A, P] = masks.shape as [number, number]
  const B = flips.shape[0]!
  const all = Array.from({ length: P }, (_, k) => k)
  const parents = Array.from({ length: A }, (_, a) => ({
    m: all.map((k) => toNumber(masks.at(a, k))),
    w: all.map((k) => weights.at(a, k)),
  }))
  const children = Array.from({ length: B }, (_, b) => {
    const { m, w } = parents[b % A]!
    const flipped = (k: number) => toNumber(flips.at(b, k)) === 1
    // What nothing is added to is the same number, so that a child like its parent is worth the same.
    const moved = (k: number) =>
      toNumber(noise.at(b, k)) === 0 ? w[k]! : add(w[k]!, noise.at(b, k))
    return { m: m.map((bit, k) => (flipped(k) ? 1 - bit : bit)), w: all.map(moved) }
  })
  const networks = [...parents, ...children].map(({ m, w }) => {
    const phenotype = m.map((bit, k) => (bit === 1 ? w[k]! : exact(0)))
    const size = m.filter((bit) => bit === 1).length
    return { m, w, phenotype, F: worth(arithmetic, loss, phenotype, size, price) }
  })
  type Network = (typeof networks)[number]
  const isSame = (x: Network, y: Network) =>
    all.every((k) => x.m[k] === y.m[k] && toNumber(x.phenotype[k]!) === toNumber(y.phenotype[k]!))
  const order = [...networks.keys()].sort((i, k) => {
    const [x, y] = [networks[i]!, networks[k]!]
    if (isSame(x, y)) return i - k
    return less(x.F, y.F) ? -1 : less(y.F, x.F) ? 1 : i - k
  })
  const kept = order.slice(0, A).map((i) => networks[i]!)
  return {
    masks: build([A, P], (a, k) => exact(kept[a]!.m[k]!)),
    weights: build([A, P], (a, k) => kept[a]!.w[k]!),
    fitness: build([A], (a) => kept[a]!.F),
  }
}
