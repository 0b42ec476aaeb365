import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { byPercentage as reference } from '../../../reference/pruning/magnitude.ts'
import { prunedBy } from '../../../reference/pruning/threshold.ts'
import { byPercentage } from '../../../spec/pruning/magnitude.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(byPercentage, reference)

type Asked = Question<typeof byPercentage>

/** Removes what a rule picks of the weights in a row: both layers one after the other, or each by itself. */
function removing(
  name: string,
  picks: (weights: readonly number[], share: number) => readonly number[],
  rowOf: (weights: NumberArray<number>) => readonly number[] = ({ data }) => data,
) {
  return wrong.answer(name, ({ inputs: { weights1, weights2 }, parameters }: Asked) => {
    const mask = (weights: readonly number[]) => {
      const gone = new Set(picks(weights, parameters.share))
      return weights.map((_, i) => (gone.has(i) ? 0 : 1))
    }
    const [first, second] = [rowOf(weights1), rowOf(weights2)]
    const bits =
      parameters.scope === 'layer' ? [...mask(first), ...mask(second)] : mask([...first, ...second])
    const [M, C] = weights2.shape as [number, number]
    return prunedBy(
      number,
      [weights1, weights2],
      [
        build(weights1.shape, (i, j) => bits[i * M + j]!),
        build(weights2.shape, (i, j) => bits[first.length + i * C + j]!),
      ],
    )
  })
}

const ascending = (weights: readonly number[], key: (w: number) => number) =>
  [...weights.keys()].sort((i, k) => key(weights[i]!) - key(weights[k]!) || i - k)

const inDecimals = (share: number, N: number) => Math.floor((Math.round(share * 1e4) * N) / 1e4)

const smallest = (weights: readonly number[], r: number) => ascending(weights, Math.abs).slice(0, r)

export const floorsProduct = removing(
  'rounds the product down as it is, so that 0.29 of 100 is 28',
  (weights, share) => smallest(weights, Math.floor(share * weights.length)),
)

export const roundsToNearest = removing('rounds the number to the nearest', (weights, share) =>
  smallest(weights, Math.round(share * weights.length)),
)

export const roundsUp = removing('rounds the number up', (weights, share) =>
  smallest(weights, Math.ceil(inDecimals(share, weights.length * 1000) / 1000)),
)

export const keepsShare = removing('keeps the share that is to go', (weights, share) =>
  smallest(weights, weights.length - inDecimals(share, weights.length)),
)

export const removesMostNegative = removing('sorts the weights by value', (weights, share) =>
  ascending(weights, (w) => w).slice(0, inDecimals(share, weights.length)),
)

export const removesLargest = removing('removes the largest magnitudes', (weights, share) =>
  ascending(weights, (w) => -Math.abs(w)).slice(0, inDecimals(share, weights.length)),
)

export const lastTieFirst = removing(
  'of equal magnitudes removes the last first',
  (weights, share) =>
    [...weights.keys()]
      .sort((i, k) => Math.abs(weights[i]!) - Math.abs(weights[k]!) || k - i)
      .slice(0, inDecimals(share, weights.length)),
)

export const removesAllTies = removing(
  'removes whatever does not exceed the last magnitude that goes',
  (weights, share) => {
    const r = inDecimals(share, weights.length)
    if (r === 0) return []
    const cut = Math.abs(weights[smallest(weights, r).at(-1)!]!)
    return [...weights.keys()].filter((i) => Math.abs(weights[i]!) <= cut)
  },
)

export const ignoresScope = wrong.parameters('prunes each layer by itself, always', () => ({
  scope: 'layer',
}))

export const alwaysNetwork = wrong.parameters('prunes over the whole network, always', () => ({
  scope: 'network',
}))

export const sharesEvenly = wrong.answer(
  'E-20 read literally: leaves the weights of the less salient layer, and removes as many of the other',
  ({ inputs, parameters, right }: Asked) => {
    if (parameters.scope === 'layer') return right(inputs, parameters)
    const { weights1, weights2 } = inputs
    const inverse = (weights: NumberArray<number>) =>
      changed(weights, (w) => (w === 0 ? 1e30 : 1 / w))
    const { mask1, mask2 } = right(
      { weights1: inverse(weights1), weights2: inverse(weights2) },
      parameters,
    )
    return prunedBy(number, [weights1, weights2], [mask1, mask2])
  },
)

export const normalizesLayers = wrong.answer(
  'divides each layer by its largest magnitude before it compares over the network',
  ({ inputs, parameters, right }: Asked) => {
    const { weights1, weights2 } = inputs
    const scaled = (weights: NumberArray<number>) => {
      const largest = Math.max(...weights.data.map(Math.abs)) || 1
      return changed(weights, (w) => w / largest)
    }
    const { mask1, mask2 } = right(
      { weights1: scaled(weights1), weights2: scaled(weights2) },
      parameters,
    )
    return prunedBy(number, [weights1, weights2], [mask1, mask2])
  },
)

export const fixedScale = wrong.answer(
  'counts weights of the first layer twice, as if they were larger',
  ({ inputs, parameters, right }: Asked) => {
    const { weights1, weights2 } = inputs
    const { mask1, mask2 } = right(
      { weights1: changed(weights1, (w) => 2 * w), weights2 },
      parameters,
    )
    return prunedBy(number, [weights1, weights2], [mask1, mask2])
  },
)

export const saturates = removing('takes all magnitudes above 4 for equal', (weights, share) =>
  ascending(weights, (w) => Math.min(4, Math.abs(w))).slice(0, inDecimals(share, weights.length)),
)

export const acceptsAnyShare = wrong.accepts(
  'accepts shares above 1',
  ({ weights1, weights2 }) => ({
    mask1: weights1!,
    mask2: weights2!,
    pruned1: weights1!,
    pruned2: weights2!,
    removed: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 0) },
  }),
)
