import { build } from '../../../reference/arithmetic/array.ts'
import {
  twoOfFour as fourReference,
  compressedRows as reference,
} from '../../../reference/pruning/sparse.ts'
import { compressedRows, twoOfFour } from '../../../spec/pruning/sparse.ts'
import { changed, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(compressedRows, reference)
const wrongFour = faultsOf(twoOfFour, fourReference)

export const compressesColumns = wrong.answer(
  'compresses columns instead of rows',
  ({ inputs: { weights }, parameters, right }) => {
    const [D, M] = weights.shape as [number, number]
    const found = right({ weights: build([M, D], (i, j) => weights.at(j, i)) }, parameters)
    const starts = build([D + 1], (i) => found.starts.at(Math.min(i, M)))
    return { ...found, starts }
  },
)

export const countsFromOne = wrong.outputs('counts from 1', ({ starts }) => ({
  starts: changed(starts, (s) => s + 1),
}))

export const givesRowLengths = wrong.outputs(
  'gives the lengths of rows instead of where they begin',
  ({ starts }) => ({
    starts: build(starts.shape, (i) => (i === 0 ? 0 : starts.at(i) - starts.at(i - 1))),
  }),
)

export const dropsNegative = wrong.inputs('stores positive numbers only', ({ weights }) => ({
  weights: changed(weights, (w) => Math.max(0, w)),
}))

export const forgetsPointers = wrong.outputs(
  'does not count the beginnings of rows',
  ({ sparseBits }, { parameters: { indexBits }, sizes: { D } }) => ({
    sparseBits: scalar(sparseBits.at() - (D! + 1) * indexBits),
  }),
)

export const countsPlacesFlat = wrong.outputs(
  'gives places in the whole matrix instead of columns',
  ({ columns, starts }, { sizes: { M } }) => ({
    columns: changed(columns, (c, k) => {
      const row = starts.data.findLastIndex((start) => start <= k)
      return k < starts.data.at(-1)! ? row * M! + c : 0
    }),
  }),
)

export const keepsSmallest = wrongFour.answer(
  'keeps the two smallest',
  ({ inputs: { weights }, parameters, right }) => {
    const inverse = changed(weights, (w) => (w === 0 ? 1e30 : 1 / w))
    const { places } = right({ weights: inverse }, parameters)
    const [D, G] = places.shape as [number, number]
    const isKept = (i: number, g: number, k: number) =>
      places.at(i, g, 0) === k || places.at(i, g, 1) === k
    return {
      places,
      pruned: build(weights.shape, (i, g, k) => (isKept(i, g, k) ? weights.at(i, g, k) : 0)),
      values: build([D, G, 2], (i, g, k) => weights.at(i, g, places.at(i, g, k))),
    }
  },
)

export const fixedPattern = wrongFour.answer(
  'keeps the first and the third, whatever they are',
  ({ inputs: { weights } }) => {
    const [D, G] = weights.shape as [number, number]
    return {
      places: build([D, G, 2], (_, __, k) => 2 * k),
      pruned: changed(weights, (w, at) => (at % 2 === 0 ? w : 0)),
      values: build([D, G, 2], (i, g, k) => weights.at(i, g, 2 * k)),
    }
  },
)

export const sortsBySize = wrongFour.outputs(
  'stores the larger of both first',
  ({ values, places }) => {
    const turn = (i: number, g: number) =>
      Math.abs(values.at(i, g, 1)) > Math.abs(values.at(i, g, 0))
    const sorted = (array: typeof values) =>
      permuted(array, (i, g, k) => [i!, g!, turn(i!, g!) ? 1 - k! : k!])
    return { values: sorted(values), places: sorted(places) }
  },
)

export const firstOfEqual = wrongFour.answer(
  'of equal magnitudes keeps the first',
  ({ inputs: { weights }, parameters, right }) => {
    const back = permuted(weights, (i, g, k) => [i!, g!, 3 - k!])
    const { pruned, values, places } = right({ weights: back }, parameters)
    return {
      pruned: permuted(pruned, (i, g, k) => [i!, g!, 3 - k!]),
      values: permuted(values, (i, g, k) => [i!, g!, 1 - k!]),
      places: changed(
        permuted(places, (i, g, k) => [i!, g!, 1 - k!]),
        (k) => 3 - k,
      ),
    }
  },
)
