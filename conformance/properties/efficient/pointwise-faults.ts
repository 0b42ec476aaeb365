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
import { fault, lenient, mapArray } from '../../kit/fault.ts'

type Three = [number, number, number]

export const transposesFilters = fault(
  pointwise,
  plainReference,
  'reads the matrix of filters column by column',
  ({ inputs, right }) => {
    const { filters } = inputs
    const [K, Q] = filters.shape.slice(2) as [number, number]
    const read = build(filters.shape, (_u, _v, k, q) => filters.data[q * K + k] ?? Q)
    return right({ ...inputs, filters: read }, {})
  },
)

export const forgetsLastChannel = fault(
  pointwise,
  plainReference,
  'leaves the last channel out',
  ({ inputs, right }) => {
    const K = inputs.x.shape[3]!
    return right({ ...inputs, x: mapArray(inputs.x, (v, at) => (at % K === K - 1 ? 0 : v)) }, {})
  },
)

export const plainGradientAverages = fault(
  pointwiseGradient,
  plainGradientReference,
  'takes the mean over the pixels for the gradient by the filters',
  ({ inputs, right }) => {
    const answer = right(inputs, {})
    const [N, H, W] = inputs.x.shape as Three
    return { ...answer, dFilters: mapArray(answer.dFilters, (d) => d / (N * H * W)) }
  },
)

export const plainGradientOfFirst = fault(
  pointwiseGradient,
  plainGradientReference,
  'sends back the gradient of the first filter only',
  ({ inputs, right }) => {
    const Q = inputs.dy.shape[3]!
    const first = mapArray(inputs.dy, (d, at) => (at % Q === 0 ? d : 0))
    return { ...right(inputs, {}), dx: right({ ...inputs, dy: first }, {}).dx }
  },
)

export const seesAllChannels = fault(
  groupPointwise,
  groupReference,
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

export const dealsChannels = fault(
  groupPointwise,
  groupReference,
  'gives group r every g-th channel instead of a block of them',
  ({ inputs, right }) => {
    const { x, filters } = inputs
    const [G, A] = filters.shape as Three
    const dealt = build(x.shape, (n, i, j, c) => x.at(n, i, j, (c % A) * G + Math.floor(c / A)))
    return right({ ...inputs, x: dealt }, {})
  },
)

export const repeatsFirstGroup = fault(
  groupPointwise,
  groupReference,
  'uses the filters of the first group in all groups',
  ({ inputs, right }) => {
    const { filters } = inputs
    return right(
      { ...inputs, filters: build(filters.shape, (_r, a, b) => filters.at(0, a, b)) },
      {},
    )
  },
)

export const mixesGroups = fault(
  groupPointwise,
  groupReference,
  'puts the responses of the groups side by side filter by filter',
  ({ inputs, right }) => {
    const { y } = right(inputs, {})
    const [G, , B] = inputs.filters.shape as Three
    return { y: build(y.shape, (n, i, j, q) => y.at(n, i, j, (q % G) * B + Math.floor(q / G))) }
  },
)

export const acceptsOddChannels = lenient(
  groupPointwise,
  'accepts channels that the groups do not divide',
  ({ x }) => ({ y: x! }),
)

export const gradientReachesAll = fault(
  groupPointwiseGradient,
  groupGradientReference,
  'sends the gradient of each group back to the channels of all groups',
  ({ inputs, right }) => {
    const answer = right(inputs, {})
    const A = inputs.filters.shape[1]!
    const { dx } = answer
    return {
      ...answer,
      dx: build(dx.shape, (n, i, j, c) => {
        let sum = 0
        for (let other = c % A; other < dx.shape[3]!; other += A) sum += dx.at(n, i, j, other)
        return sum
      }),
    }
  },
)

export const gradientShared = fault(
  groupPointwiseGradient,
  groupGradientReference,
  'gives the filters of all groups the gradient of the first',
  ({ inputs, right }) => {
    const answer = right(inputs, {})
    const { dFilters } = answer
    return { ...answer, dFilters: build(dFilters.shape, (_r, a, b) => dFilters.at(0, a, b)) }
  },
)
