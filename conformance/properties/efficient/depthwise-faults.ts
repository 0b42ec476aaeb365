import { build } from '../../../reference/arithmetic/array.ts'
import {
  depthwiseGradient as gradientReference,
  depthwise as reference,
} from '../../../reference/efficient/depthwise.ts'
import { depthwise, depthwiseGradient } from '../../../spec/efficient/depthwise.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'

export const takesNeighbour = fault(
  depthwise,
  reference,
  'gives each channel the filters of the next one',
  ({ inputs, parameters, right }) => {
    const { filters } = inputs
    const K = filters.shape[2]!
    const next = build(filters.shape, (u, v, k, m) => filters.at(u, v, (k + 1) % K, m))
    return right({ ...inputs, filters: next }, parameters)
  },
)

export const sumsChannels = fault(
  depthwise,
  reference,
  'adds the responses of all channels up, as a standard convolution does',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const M = inputs.filters.shape[3]!
    return {
      y: build(y.shape, (n, i, j, p) => {
        let sum = 0
        for (let q = p % M; q < y.shape[3]!; q += M) sum += y.at(n, i, j, q)
        return sum
      }),
    }
  },
)

export const filtersOutside = fault(
  depthwise,
  reference,
  'puts filter m of channel k in place mK + k',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const [K, M] = inputs.filters.shape.slice(2) as [number, number]
    return {
      y: build(y.shape, (n, i, j, p) => y.at(n, i, j, (p % K) * M + Math.floor(p / K))),
    }
  },
)

export const ignoresDilation = fault(
  depthwise,
  reference,
  'takes the kernel as it is where it is to be dilated',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const dense = right(inputs, { ...parameters, dilations: [1, 1] }).y
    return { y: build(y.shape, (...at) => dense.at(...at)) }
  },
)

export const swapsStrides = fault(
  depthwise,
  reference,
  'swaps the vertical and the horizontal stride',
  ({ inputs, parameters, right }) => {
    const [Sh, Sw] = parameters.strides
    return right(inputs, { ...parameters, strides: [Sw, Sh] })
  },
)

export const flipsKernel = fault(
  depthwise,
  reference,
  'flips the kernel',
  ({ inputs, parameters, right }) => {
    const { filters } = inputs
    const [Hf, Wf] = filters.shape as [number, number]
    const flipped = build(filters.shape, (u, v, k, m) => filters.at(Hf - 1 - u, Wf - 1 - v, k, m))
    return right({ ...inputs, filters: flipped }, parameters)
  },
)

export const acceptsOtherChannels = lenient(
  depthwise,
  'accepts filters for another number of channels',
  ({ x }) => ({ y: x! }),
)

export const gradientFlips = fault(
  depthwiseGradient,
  gradientReference,
  'sends the gradient back through filters that are turned round',
  ({ inputs, parameters, right }) => {
    const { filters } = inputs
    const [Hf, Wf] = filters.shape as [number, number]
    const turned = build(filters.shape, (u, v, k, m) => filters.at(Hf - 1 - u, Wf - 1 - v, k, m))
    return {
      ...right(inputs, parameters),
      dx: right({ ...inputs, filters: turned }, parameters).dx,
    }
  },
)

export const gradientOfFirstFilter = fault(
  depthwiseGradient,
  gradientReference,
  'sends back what the first filter of each channel got, and nothing of the others',
  ({ inputs, parameters, right }) => {
    const M = inputs.filters.shape[3]!
    const first = mapArray(inputs.dy, (d, at) => (at % M === 0 ? d : 0))
    return {
      ...right(inputs, parameters),
      dx: right({ ...inputs, dy: first }, parameters).dx,
    }
  },
)

export const gradientAverages = fault(
  depthwiseGradient,
  gradientReference,
  'takes the mean over the batch for the gradient by the filters',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const N = inputs.x.shape[0]!
    return { ...answer, dFilters: mapArray(answer.dFilters, (d) => d / N) }
  },
)
