import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum, sumOfProducts } from '../arithmetic/array.ts'
import { activate, type Kind, slope } from './recurrent.ts'

/** Layers through which each step goes by itself: the first, those behind it, and all biases. */
export type Way<T> = Readonly<Record<'F' | 'A' | 'wayBias', NumberArray<T>>>

type Activation = Pick<Kind, 'activation'>
type Three = [number, number, number]

/** Whether step t of sequence n is padding. */
export type IsPadding = (t: number, n: number) => boolean
const nowhere: IsPadding = () => false

/**
 * What each of several layers gives, step by step.
 *
 * Formula    z_1 = φ(F x_t + a_1), z_l = φ(A_l z_(l−1) + a_l)
 * Shapes     x: [T, N, I], F: [M, I], A: [L − 1, M, M], wayBias: [L, M] → L arrays: [T, N, M]
 * Edges      0 where a step is padding, of which nothing is read
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3
 */
export function alongWay<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  { F, A, wayBias }: Way<T>,
  kind: Activation,
  isPadding = nowhere,
): readonly NumberArray<T>[] {
  const { add, exact } = arithmetic
  const [steps, N] = x.shape as Three
  const [L, M] = wayBias.shape as [number, number]
  const z: NumberArray<T>[] = []
  for (let l = 0; l < L; l++) {
    const before = l === 0 ? x : z[l - 1]!
    const weight = (i: number, j: number) => (l === 0 ? F.at(i, j) : A.at(l - 1, i, j))
    z[l] = build([steps, N, M], (t, n, i) => {
      if (isPadding(t, n)) return exact(0)
      const weighted = sumOfProducts(
        arithmetic,
        [before.shape[2]!],
        (j) => weight(i, j),
        (j) => before.at(t, n, j),
      )
      return activate(arithmetic, kind, add(weighted, wayBias.at(l, i)))
    })
  }
  return z
}

/**
 * Gradients of several layers, of the loss Σ ⟨dz, z_L⟩: δ by the slopes of one forward pass, the sums over time by
 * what another one gives.
 *
 * Formula    δ_L = φ′(z_L) dz, δ_(l−1) = φ′(z_(l−1)) A_lᵀ δ_l; dx = Bᵀ δ_1, dF = Σ δ_1 xᵀ, dA_l = Σ δ_l z_(l−1)ᵀ,
 *            da_l = Σ δ_l, over all steps and sequences
 * Shapes     as of the layers, dz: [T, N, M]; each gradient as what it belongs to; delta: L arrays [T, N, M]
 * Edges      nothing of a padded step; φ′(0) = 0 of the rectifier
 * Source     Pascanu, Gulcehre, Cho, Bengio (2014), section 3, by the chain rule
 */
export function backAlongWay<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  { F, A, wayBias }: Way<T>,
  kind: Activation,
  [slopes, given]: readonly [readonly NumberArray<T>[], readonly NumberArray<T>[]],
  dz: NumberArray<T>,
  isPadding = nowhere,
) {
  const { exact, multiply } = arithmetic
  const [steps, N, I] = x.shape as Three
  const [L, M] = wayBias.shape as [number, number]
  const delta: NumberArray<T>[] = []
  let arriving = dz
  for (let l = L - 1; l >= 0; l--) {
    const own = arriving
    const ofLayer = build([steps, N, M], (t, n, i) =>
      isPadding(t, n)
        ? exact(0)
        : multiply(slope(arithmetic, kind, slopes[l]!.at(t, n, i)), own.at(t, n, i)),
    )
    delta[l] = ofLayer
    const [weight, count] =
      l === 0
        ? [(i: number, j: number) => F.at(i, j), I]
        : [(i: number, j: number) => A.at(l - 1, i, j), M]
    arriving = build([steps, N, count], (t, n, j) =>
      sumOfProducts(
        arithmetic,
        [M],
        (i) => weight(i, j),
        (i) => ofLayer.at(t, n, i),
      ),
    )
  }
  const overTime = (l: number, before: NumberArray<T>, i: number, j: number) =>
    sumOfProducts(
      arithmetic,
      [steps, N],
      (t, n) => delta[l]!.at(t, n, i),
      // A padded step may hold anything, and nothing of it counts.
      (t, n) => (isPadding(t, n) ? exact(0) : before.at(t, n, j)),
    )
  return {
    dx: arriving,
    dF: build([M, I], (i, j) => overTime(0, x, i, j)),
    dA: build([L - 1, M, M], (l, i, j) => overTime(l + 1, given[l]!, i, j)),
    dWayBias: build([L, M], (l, i) => sum(arithmetic, [steps, N], (t, n) => delta[l]!.at(t, n, i))),
    delta,
  }
}

/** Arrays of all layers as one, the step first, then the layer. */
export function byStep<T>(layers: readonly NumberArray<T>[]): NumberArray<T> {
  const [steps, N, M] = layers[0]!.shape as Three
  return build([steps, layers.length, N, M], (t, l, n, i) => layers[l]!.at(t, n, i))
}
