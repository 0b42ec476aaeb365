import { build } from '../../../reference/arithmetic/array.ts'
import {
  depthwiseGradient as gradientReference,
  depthwise as reference,
} from '../../../reference/efficient/depthwise.ts'
import { depthwise, depthwiseGradient } from '../../../spec/efficient/depthwise.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongDepthwise = faultsOf(depthwise, reference)
const wrongDepthwiseGradient = faultsOf(depthwiseGradient, gradientReference)

export const takesNeighbour = wrongDepthwise.inputs(
  'gives each channel the filters of the next one',
  ({ filters }) => {
    const K = filters.shape[2]!
    const next = build(filters.shape, (u, v, k, m) => filters.at(u, v, (k + 1) % K, m))
    return { filters: next }
  },
)

export const sumsChannels = wrongDepthwise.outputs(
  'adds the responses of all channels up, as a standard convolution does',
  ({ y }, { inputs }) => {
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

export const filtersOutside = wrongDepthwise.outputs(
  'puts filter m of channel k in place mK + k',
  ({ y }, { inputs }) => {
    const [K, M] = inputs.filters.shape.slice(2) as [number, number]
    return {
      y: build(y.shape, (n, i, j, p) => y.at(n, i, j, (p % K) * M + Math.floor(p / K))),
    }
  },
)

export const ignoresDilation = wrongDepthwise.outputs(
  'takes the kernel as it is where it is to be dilated',
  ({ y }, { inputs, parameters, right }) => {
    const dense = right(inputs, { ...parameters, dilations: [1, 1] }).y
    return { y: build(y.shape, (...at) => dense.at(...at)) }
  },
)

export const swapsStrides = wrongDepthwise.parameters(
  'swaps the vertical and the horizontal stride',
  ({ strides }) => {
    const [Sh, Sw] = strides
    return { strides: [Sw, Sh] }
  },
)

export const flipsKernel = wrongDepthwise.inputs('flips the kernel', ({ filters }) => {
  const [Hf, Wf] = filters.shape as [number, number]
  const flipped = build(filters.shape, (u, v, k, m) => filters.at(Hf - 1 - u, Wf - 1 - v, k, m))
  return { filters: flipped }
})

export const acceptsOtherChannels = wrongDepthwise.accepts(
  'accepts filters for another number of channels',
  ({ x }) => ({ y: x! }),
)

export const gradientFlips = wrongDepthwiseGradient.outputs(
  'sends the gradient back through filters that are turned round',
  (_outputs, { inputs, parameters, right }) => {
    const { filters } = inputs
    const [Hf, Wf] = filters.shape as [number, number]
    const turned = build(filters.shape, (u, v, k, m) => filters.at(Hf - 1 - u, Wf - 1 - v, k, m))
    return {
      dx: right({ ...inputs, filters: turned }, parameters).dx,
    }
  },
)

export const gradientOfFirstFilter = wrongDepthwiseGradient.outputs(
  'sends back what the first filter of each channel got, and nothing of the others',
  (_outputs, { inputs, parameters, right }) => {
    const M = inputs.filters.shape[3]!
    const first = changed(inputs.dy, (d, at) => (at % M === 0 ? d : 0))
    return {
      dx: right({ ...inputs, dy: first }, parameters).dx,
    }
  },
)

export const gradientAverages = wrongDepthwiseGradient.outputs(
  'takes the mean over the batch for the gradient by the filters',
  (answer, { inputs }) => {
    const N = inputs.x.shape[0]!
    return { dFilters: changed(answer.dFilters, (d) => d / N) }
  },
)
