import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  depthwiseGradient as gradientReference,
  depthwise as reference,
} from '../../../reference/efficient/depthwise.ts'
import { depthwise, depthwiseGradient } from '../../../spec/efficient/depthwise.ts'
import type { Sizes } from '../../../spec/language/operation.ts'
import { changed, part, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(depthwise, reference)
const wrongGradient = faultsOf(depthwiseGradient, gradientReference)

const turned = (filters: NumberArray<number>, { Hf, Wf }: Sizes) =>
  permuted(filters, (u, v, k, m) => [Hf - 1 - u, Wf - 1 - v, k, m])

export const takesNeighbour = wrong.inputs(
  'gives each channel the filters of the next one',
  ({ filters }, { sizes: { K } }) => ({
    filters: permuted(filters, (u, v, k, m) => [u, v, (k + 1) % K, m]),
  }),
)

export const sumsChannels = wrong.outputs(
  'adds the responses of all channels up, as a standard convolution does',
  ({ y }, { sizes: { M, P } }) => ({
    y: build(y.shape, (n, i, j, p) => {
      let sum = 0
      for (let q = p % M; q < P; q += M) sum += y.at(n, i, j, q)
      return sum
    }),
  }),
)

export const filtersOutside = wrong.outputs(
  'puts filter m of channel k in place mK + k',
  ({ y }, { sizes: { K, M } }) => ({
    y: permuted(y, (n, i, j, p) => [n, i, j, (p % K) * M + Math.floor(p / K)]),
  }),
)

export const ignoresDilation = wrong.outputs(
  'takes the kernel as it is where it is to be dilated',
  ({ y }, { inputs, parameters, right }) => ({
    y: part(right(inputs, { ...parameters, dilations: [1, 1] }).y, y.shape),
  }),
)

export const swapsStrides = wrong.parameters(
  'swaps the vertical and the horizontal stride',
  ({ strides: [Sh, Sw] }) => ({ strides: [Sw, Sh] }),
)

export const flipsKernel = wrong.inputs('flips the kernel', ({ filters }, { sizes }) => ({
  filters: turned(filters, sizes),
}))

export const acceptsOtherChannels = wrong.accepts(
  'accepts filters for another number of channels',
  ({ x }) => ({ y: x }),
)

export const gradientFlips = wrongGradient.outputs(
  'sends the gradient back through filters that are turned round',
  (_, { inputs, parameters, right, sizes }) => ({
    dx: right({ ...inputs, filters: turned(inputs.filters, sizes) }, parameters).dx,
  }),
)

export const gradientOfFirstFilter = wrongGradient.outputs(
  'sends back what the first filter of each channel got, and nothing of the others',
  (_, { inputs, parameters, right, sizes: { M } }) => {
    const dy = changed(inputs.dy, (d, at) => (at % M === 0 ? d : 0))
    return { dx: right({ ...inputs, dy }, parameters).dx }
  },
)

export const gradientAverages = wrongGradient.outputs(
  'takes the mean over the batch for the gradient by the filters',
  ({ dFilters }, { sizes: { N } }) => ({ dFilters: changed(dFilters, (d) => d / N) }),
)
