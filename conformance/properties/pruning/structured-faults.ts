import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  pruningCosts as costsReference,
  keepFilters as filtersReference,
  keepUnits as reference,
} from '../../../reference/pruning/structured.ts'
import { keepFilters, keepUnits, pruningCosts } from '../../../spec/pruning/structured.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(keepUnits, reference)
const wrongFilters = faultsOf(keepFilters, filtersReference)
const wrongCosts = faultsOf(pruningCosts, costsReference)

/** Keeps the units that some columns of numbers would keep, with their own parameters. */
const choosing = (
  name: string,
  columns: (inputs: Readonly<Record<string, NumberArray<number>>>) => NumberArray<number>,
) =>
  wrong.answer(name, ({ inputs, parameters, right }) => {
    const { units } = right({ ...inputs, weights1: columns(inputs) }, parameters)
    const S = [...units.data.keys()].filter((j) => units.data[j] === 1)
    const { weights1, bias1, weights2, bias2 } = inputs
    const [D, C] = [weights1.shape[0]!, bias2.shape[0]!]
    const constant = (c: number) =>
      units.data.reduce(
        (sum, bit, j) => (bit === 1 ? sum : sum + Math.max(0, bias1.at(j)) * weights2.at(j, c)),
        0,
      )
    return {
      units,
      weights1: build([D, S.length], (i, k) => weights1.at(i, S[k]!)),
      bias1: build([S.length], (k) => bias1.at(S[k]!)),
      weights2: build([S.length, C], (k, c) => weights2.at(S[k]!, c)),
      bias2: build([C], (c) => bias2.at(c) + (parameters.removal === 'units' ? 0 : constant(c))),
    }
  })

export const takesSums = choosing('takes the magnitudes of sums', ({ weights1 }) =>
  build([1, weights1!.shape[1]!], (_, j) => {
    const [D] = weights1!.shape
    return Array.from({ length: D! }, (_, i) => weights1!.at(i, j)).reduce((s, w) => s + w, 0)
  }),
)

export const takesOutgoing = choosing('judges units by their outgoing weights', ({ weights2 }) =>
  build([weights2!.shape[1]!, weights2!.shape[0]!], (c, j) => weights2!.at(j, c)),
)

export const keepsFirst = choosing('keeps the first units, whatever they are', ({ weights1 }) =>
  build([1, weights1!.shape[1]!], (_, j) => weights1!.shape[1]! - j),
)

export const forgetsConstant = wrong.parameters(
  'forgets what a unit without inputs goes on giving',
  () => ({ removal: 'units' }),
)

export const foldsAlways = wrong.parameters(
  'adds the constant where the whole unit is gone',
  () => ({ removal: 'incoming weights' }),
)

export const foldsBias = wrong.outputs(
  'adds the bias itself, without the rectifier',
  ({ units, bias2 }, { inputs: { bias1, weights2, bias2: before }, parameters }) => ({
    bias2: build(bias2.shape, (c) =>
      units.data.reduce(
        (sum, bit, j) =>
          bit === 1 || parameters.removal === 'units' ? sum : sum + bias1.at(j) * weights2.at(j, c),
        before.at(c),
      ),
    ),
  }),
)

export const keepsBySize = wrong.outputs(
  'gives the units that are kept back to front',
  ({ weights1, bias1, weights2 }) => {
    const K = bias1.shape[0]!
    return {
      weights1: build(weights1.shape, (i, k) => weights1.at(i, K - 1 - k)),
      bias1: build(bias1.shape, (k) => bias1.at(K - 1 - k)),
      weights2: build(weights2.shape, (k, c) => weights2.at(K - 1 - k, c)),
    }
  },
)

export const keepsLowerOfEqual = wrong.answer(
  'of equal scores keeps the lower index',
  ({ inputs, parameters, right }) => {
    const turnColumns = (array: NumberArray<number>) =>
      build(array.shape, (...at) => array.at(...at.with(-1, array.shape.at(-1)! - 1 - at.at(-1)!)))
    const turnRows = (array: NumberArray<number>) =>
      build(array.shape, (j, c) => array.at(array.shape[0]! - 1 - j, c))
    const { weights1, bias1, weights2, bias2 } = inputs
    const turned = {
      weights1: turnColumns(weights1),
      bias1: turnColumns(bias1),
      weights2: turnRows(weights2),
      bias2,
    }
    const found = right(turned, parameters)
    return {
      units: turnColumns(found.units),
      weights1: turnColumns(found.weights1),
      bias1: turnColumns(found.bias1),
      weights2: turnRows(found.weights2),
      bias2: found.bias2,
    }
  },
)

export const leavesBehind = wrong.outputs(
  'takes the first rows of the layer behind, whichever units are kept',
  ({ weights2 }, { inputs }) => ({
    weights2: build(weights2.shape, (k, c) => inputs.weights2.at(k, c)),
  }),
)

export const acceptsMore = wrong.accepts('keeps more units than there are', (inputs) => ({
  units: inputs.bias1!,
  weights1: inputs.weights1!,
  bias1: inputs.bias1!,
  weights2: inputs.weights2!,
  bias2: inputs.bias2!,
}))

export const channelsStay = wrongFilters.outputs(
  'takes the first channels of the next bank, whichever filters are kept',
  ({ next }, { inputs }) => ({
    next: build(next.shape, (u, v, q, r) => inputs.next.at(u, v, q, r)),
  }),
)

export const byLargestElement = wrongFilters.answer(
  'judges filters by their largest element',
  ({ inputs, parameters, right }) => {
    const { filters, bias, next } = inputs
    const [Hf, Wf, K, Q] = filters.shape as [number, number, number, number]
    const tops = build([1, 1, 1, Q], (_, __, ___, q) => {
      let top = 0
      build([Hf, Wf, K], (u, v, k) => {
        top = Math.max(top, Math.abs(filters.at(u, v, k, q)))
        return 0
      })
      return top
    })
    const { left } = right({ ...inputs, filters: tops }, parameters)
    const S = [...left.data.keys()].filter((q) => left.data[q] === 1)
    return {
      left,
      filters: build([Hf, Wf, K, S.length], (u, v, k, q) => filters.at(u, v, k, S[q]!)),
      bias: build([S.length], (q) => bias.at(S[q]!)),
      next: build([Hf, Wf, S.length, next.shape[3]!], (u, v, q, r) => next.at(u, v, S[q]!, r)),
    }
  },
)

export const keepsSmallestFilters = wrongFilters.answer(
  'keeps the filters of the smallest norms',
  ({ inputs, parameters, right }) => {
    const { filters, bias, next } = inputs
    const [Hf, Wf, K, Q] = filters.shape as [number, number, number, number]
    const gone = Q - parameters.kept
    if (gone === 0) return right(inputs, parameters)
    const { left } = right(inputs, { kept: gone })
    const S = [...left.data.keys()].filter((q) => left.data[q] === 0)
    return {
      left: changed(left, (bit) => 1 - bit),
      filters: build([Hf, Wf, K, S.length], (u, v, k, q) => filters.at(u, v, k, S[q]!)),
      bias: build([S.length], (q) => bias.at(S[q]!)),
      next: build([Hf, Wf, S.length, next.shape[3]!], (u, v, q, r) => next.at(u, v, S[q]!, r)),
    }
  },
)

export const forgetsIndices = wrongCosts.outputs(
  'stores no index with the weights of sparse rows',
  ({ rowsBits }, { parameters: { before, kept, indexBits } }) => ({
    rowsBits: scalar(rowsBits.at() - before * kept * indexBits),
  }),
)

export const forgetsStarts = wrongCosts.outputs(
  'stores as many beginnings as there are rows',
  ({ rowsBits }, { parameters: { indexBits } }) => ({
    rowsBits: scalar(rowsBits.at() - indexBits),
  }),
)

export const halvesExactly = wrongCosts.outputs(
  'takes exactly half of the values, whole groups of four or not',
  (_, { parameters: { before, units, valueBits } }) => ({
    fourBits: scalar(((before * units) / 2) * (valueBits + 2)),
  }),
)

export const countsZerosAsSaved = wrongCosts.outputs(
  'says that a dense layer with zeros has fewer products',
  ({ unitsProducts }) => ({ denseProducts: unitsProducts }),
)

export const keepsShape = wrongCosts.outputs(
  'stores removed units as zeros',
  ({ denseBits, denseProducts }) => ({ unitsBits: denseBits, unitsProducts: denseProducts }),
)
