import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { prunedBy, byThreshold as reference } from '../../../reference/pruning/threshold.ts'
import { byThreshold } from '../../../spec/pruning/threshold.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(byThreshold, reference)

type Layers = readonly [NumberArray<number>, NumberArray<number>]

/** Keeps what a rule says. */
const keeping = (name: string, keeps: (weight: number, threshold: number) => boolean) =>
  wrong.answer(name, ({ inputs: { weights1, weights2, thresholds } }) => {
    const mask = (weights: NumberArray<number>, l: number) =>
      changed(weights, (w) => (keeps(w, thresholds.at(l)) ? 1 : 0))
    const layers: Layers = [weights1, weights2]
    return prunedBy(number, layers, [mask(weights1, 0), mask(weights2, 1)])
  })

export const removesEqual = keeping(
  'removes what is equal to the threshold',
  (w, tau) => Math.abs(w) > tau,
)

export const forgetsMagnitude = keeping(
  'compares the weights, not their magnitudes',
  (w, tau) => w >= tau,
)

export const removesLarge = keeping(
  'keeps the small weights and removes the large ones',
  (w, tau) => Math.abs(w) <= tau,
)

export const comparesSquares = keeping(
  'compares squares with the threshold itself',
  (w, tau) => w * w >= tau,
)

export const usesFirstThreshold = wrong.inputs(
  'takes the threshold of the first layer for both',
  ({ thresholds }) => ({ thresholds: permuted(thresholds, () => [0]) }),
)

export const relativeThreshold = wrong.inputs(
  'takes the threshold for a share of the largest magnitude',
  ({ weights1, weights2, thresholds }) => ({
    thresholds: build([2], (l) => {
      const { data } = l === 0 ? weights1 : weights2
      return thresholds.at(l) * Math.max(...data.map(Math.abs))
    }),
  }),
)

export const prunesZeros = wrong.outputs(
  'removes weights that are 0 at a threshold of 0',
  ({ mask1 }, { inputs: { weights1 } }) => ({
    mask1: changed(mask1, (bit, at) => (weights1.data[at] === 0 ? 0 : bit)),
  }),
)

export const countsKept = wrong.outputs(
  'counts the weights that are kept',
  ({ mask1, mask2, removed }) => ({
    removed: fromData(
      removed.shape,
      [mask1, mask2].map(({ data }) => data.filter((bit) => bit === 1).length),
    ),
  }),
)

export const shrinksKept = wrong.outputs(
  'moves what it keeps towards 0 by the threshold',
  ({ pruned1 }, { inputs: { thresholds } }) => ({
    pruned1: changed(pruned1, (w) => Math.sign(w) * Math.max(0, Math.abs(w) - thresholds.at(0))),
  }),
)

export const acceptsNegative = wrong.accepts(
  'accepts thresholds below 0',
  ({ weights1, weights2 }) => ({
    mask1: weights1!,
    mask2: weights2!,
    pruned1: weights1!,
    pruned2: weights2!,
    removed: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 0) },
  }),
)
