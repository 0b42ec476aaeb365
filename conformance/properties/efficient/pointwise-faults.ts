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
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Three = [number, number, number]

const wrongPointwise = faultsOf(pointwise, plainReference)
const wrongPointwiseGradient = faultsOf(pointwiseGradient, plainGradientReference)
const wrongGroupPointwise = faultsOf(groupPointwise, groupReference)
const wrongGroupPointwiseGradient = faultsOf(groupPointwiseGradient, groupGradientReference)

export const transposesFilters = wrongPointwise.inputs(
  'reads the matrix of filters column by column',
  ({ filters }) => {
    const [K, Q] = filters.shape.slice(2) as [number, number]
    const read = build(filters.shape, (_u, _v, k, q) => filters.data[q * K + k] ?? Q)
    return { filters: read }
  },
)

export const forgetsLastChannel = wrongPointwise.inputs('leaves the last channel out', ({ x }) => {
  const K = x.shape[3]!
  return { x: changed(x, (v, at) => (at % K === K - 1 ? 0 : v)) }
})

export const plainGradientAverages = wrongPointwiseGradient.outputs(
  'takes the mean over the pixels for the gradient by the filters',
  (answer, { inputs }) => {
    const [N, H, W] = inputs.x.shape as Three
    return { dFilters: changed(answer.dFilters, (d) => d / (N * H * W)) }
  },
)

export const plainGradientOfFirst = wrongPointwiseGradient.outputs(
  'sends back the gradient of the first filter only',
  (_outputs, { inputs, right }) => {
    const Q = inputs.dy.shape[3]!
    const first = changed(inputs.dy, (d, at) => (at % Q === 0 ? d : 0))
    return { dx: right({ ...inputs, dy: first }, {}).dx }
  },
)

export const seesAllChannels = wrongGroupPointwise.answer(
  'E-32 read literally: lets every group work on the whole input, its weights repeated',
  ({ inputs }) => {
    const { x, filters } = inputs
    const [N, H, W] = x.shape as Three
    const [G, A, B] = filters.shape as Three
    return {
      y: build([N, H, W, G * B], (n, i, j, q) => {
        let sum = 0
        for (let c = 0; c < G * A; c++) {
          sum += x.at(n, i, j, c) * filters.at(Math.floor(q / B), c % A, q % B)
        }
        return sum
      }),
    }
  },
)

export const dealsChannels = wrongGroupPointwise.inputs(
  'gives group r every g-th channel instead of a block of them',
  ({ x, filters }) => {
    const [G, A] = filters.shape as Three
    const dealt = build(x.shape, (n, i, j, c) => x.at(n, i, j, (c % A) * G + Math.floor(c / A)))
    return { x: dealt }
  },
)

export const repeatsFirstGroup = wrongGroupPointwise.inputs(
  'uses the filters of the first group in all groups',
  ({ filters }) => {
    return { filters: build(filters.shape, (_r, a, b) => filters.at(0, a, b)) }
  },
)

export const mixesGroups = wrongGroupPointwise.outputs(
  'puts the responses of the groups side by side filter by filter',
  ({ y }, { inputs }) => {
    const [G, , B] = inputs.filters.shape as Three
    return { y: build(y.shape, (n, i, j, q) => y.at(n, i, j, (q % G) * B + Math.floor(q / G))) }
  },
)

export const acceptsOddChannels = wrongGroupPointwise.accepts(
  'accepts channels that the groups do not divide',
  ({ x }) => ({ y: x! }),
)

export const gradientReachesAll = wrongGroupPointwiseGradient.outputs(
  'sends the gradient of each group back to the channels of all groups',
  (answer, { inputs }) => {
    const A = inputs.filters.shape[1]!
    const { dx } = answer
    return {
      dx: build(dx.shape, (n, i, j, c) => {
        let sum = 0
        for (let other = c % A; other < dx.shape[3]!; other += A) sum += dx.at(n, i, j, other)
        return sum
      }),
    }
  },
)

export const gradientShared = wrongGroupPointwiseGradient.outputs(
  'gives the filters of all groups the gradient of the first',
  (answer) => {
    const { dFilters } = answer
    return { dFilters: build(dFilters.shape, (_r, a, b) => dFilters.at(0, a, b)) }
  },
)
