import { build } from '../../../reference/arithmetic/array.ts'
import {
  groupPointwiseGradient as groupGradientReference,
  groupPointwise as groupReference,
  pointwiseGradient as plainGradientReference,
  pointwise as plainReference,
} from '../../../reference/efficient/pointwise.ts'
import {
  groupPointwise,
  groupPointwiseGradient,
  pointwise,
  pointwiseGradient,
} from '../../../spec/efficient/pointwise.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongPlain = faultsOf(pointwise, plainReference)
const wrongPlainGradient = faultsOf(pointwiseGradient, plainGradientReference)
const wrongGroups = faultsOf(groupPointwise, groupReference)
const wrongGroupGradient = faultsOf(groupPointwiseGradient, groupGradientReference)

export const transposesFilters = wrongPlain.inputs(
  'reads the matrix of filters column by column',
  ({ filters }, { sizes: { K, Q } }) => ({
    filters: build(filters.shape, (_u, _v, k, q) => filters.data[q * K + k] ?? Q),
  }),
)

export const forgetsLastChannel = wrongPlain.inputs(
  'leaves the last channel out',
  ({ x }, { sizes: { K } }) => ({ x: changed(x, (v, at) => (at % K === K - 1 ? 0 : v)) }),
)

export const plainGradientAverages = wrongPlainGradient.outputs(
  'takes the mean over the pixels for the gradient by the filters',
  ({ dFilters }, { sizes: { N, H, W } }) => ({
    dFilters: changed(dFilters, (d) => d / (N * H * W)),
  }),
)

export const plainGradientOfFirst = wrongPlainGradient.outputs(
  'sends back the gradient of the first filter only',
  (_, { inputs, right, sizes: { Q } }) => {
    const dy = changed(inputs.dy, (d, at) => (at % Q === 0 ? d : 0))
    return { dx: right({ ...inputs, dy }, {}).dx }
  },
)

export const seesAllChannels = wrongGroups.outputs(
  'E-32 read literally: lets every group work on the whole input, its weights repeated',
  ({ y }, { inputs: { x, filters }, sizes: { A, B, C } }) => ({
    y: build(y.shape, (n, i, j, q) => {
      let sum = 0
      for (let c = 0; c < C; c++) {
        sum += x.at(n, i, j, c) * filters.at(Math.floor(q / B), c % A, q % B)
      }
      return sum
    }),
  }),
)

export const dealsChannels = wrongGroups.inputs(
  'gives group r every g-th channel instead of a block of them',
  ({ x }, { sizes: { G, A } }) => ({
    x: permuted(x, (n, i, j, c) => [n, i, j, (c % A) * G + Math.floor(c / A)]),
  }),
)

export const repeatsFirstGroup = wrongGroups.inputs(
  'uses the filters of the first group in all groups',
  ({ filters }) => ({ filters: permuted(filters, (_, a, b) => [0, a, b]) }),
)

export const mixesGroups = wrongGroups.outputs(
  'puts the responses of the groups side by side filter by filter',
  ({ y }, { sizes: { G, B } }) => ({
    y: permuted(y, (n, i, j, q) => [n, i, j, (q % G) * B + Math.floor(q / G)]),
  }),
)

export const acceptsOddChannels = wrongGroups.accepts(
  'accepts channels that the groups do not divide',
  ({ x }) => ({ y: x }),
)

export const gradientReachesAll = wrongGroupGradient.outputs(
  'sends the gradient of each group back to the channels of all groups',
  ({ dx }, { sizes: { A, C } }) => ({
    dx: build(dx.shape, (n, i, j, c) => {
      let sum = 0
      for (let other = c % A; other < C; other += A) sum += dx.at(n, i, j, other)
      return sum
    }),
  }),
)

export const gradientShared = wrongGroupGradient.outputs(
  'gives the filters of all groups the gradient of the first',
  ({ dFilters }) => ({ dFilters: permuted(dFilters, (_, a, b) => [0, a, b]) }),
)
