import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { channelsApart, depthwise, depthwiseGradient } from '../../../spec/efficient/depthwise.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { inner, scalar } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
  acceptsOtherChannels,
  filtersOutside,
  flipsKernel,
  gradientAverages,
  gradientFlips,
  gradientOfFirstFilter,
  ignoresDilation,
  sumsChannels,
  swapsStrides,
  takesNeighbour,
} from './depthwise-faults.ts'

/** Images so large, with four channels, that backends take the kernels that they have for vectors. */
const wide = {
  ...depthwise,
  dimensions: {
    ...depthwise.dimensions,
    N: derived(() => 1, 'images'),
    M: derived(() => 1, 'filters of a channel'),
    K: derived(() => 4, 'channels'),
    H: free(9, 11, 'rows'),
    W: free(9, 11, 'columns'),
  },
}

/** A kernel of a single pixel. */
const point = {
  inputs: depthwise.inputs,
  parameters: {},
  dimensions: {
    ...depthwise.dimensions,
    Hf: derived(() => 1, 'rows of the kernel'),
    Wf: derived(() => 1, 'columns of the kernel'),
    H: free(1, 4, 'rows'),
    W: free(1, 4, 'columns'),
    Ho: derived(({ H }) => H!, 'rows of the output'),
    Wo: derived(({ W }) => W!, 'columns of the output'),
  },
}

export const depthwiseProperties = properties(
  channelsApart,
  agreement(depthwise, 'integers', {
    kills: [takesNeighbour, sumsChannels, filtersOutside, ignoresDilation, swapsStrides],
  }),
  agreement(depthwise, 'reals', { kills: [flipsKernel, takesNeighbour, ignoresDilation] }),
  agreement(depthwiseGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientFlips, gradientOfFirstFilter, gradientAverages],
  }),
  agreement(depthwiseGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientFlips, gradientOfFirstFilter],
  }),
  law('block-bank', {
    of: depthwise,
    asks: [depthwise, conv2d],
    title: 'it is the convolution with a bank that is zero between different channels',
    kills: [takesNeighbour, sumsChannels, filtersOutside],
    async holds(bench) {
      const { inputs } = bench
      const parameters = { ...bench.parameters }
      const filters = inputs.filters
      const [Hf, Wf, K, M] = filters.shape as [number, number, number, number]
      const bank = build([Hf, Wf, K, K * M], (u, v, k, p) =>
        Math.floor(p / M) === k ? filters.data[((u * Wf + v) * K + k) * M + (p % M)]! : 0,
      )
      const bias = fromData([K * M], new Array<number>(K * M).fill(0))
      const { y } = await bench.measure(depthwise, inputs, parameters)
      const whole = await bench.measure(conv2d, { x: inputs.x, filters: bank, bias }, parameters)
      return [{ label: 'y', expected: whole.y, actual: y }]
    },
  }),
  law('vectors', {
    of: wide,
    asks: [depthwise],
    title: 'four channels of a large image give what each of them gives alone',
    kills: [sumsChannels],
    share: 0.2,
    async holds(bench) {
      const { x, filters } = bench.inputs
      const parameters = { ...bench.parameters, dilations: [1, 1] } as const
      // Channels vary fastest in the images, and in the filters too, of which each has a single one.
      const channel = ({ shape, data }: typeof x, axis: number, k: number) =>
        fromData(
          shape.with(axis, 1),
          Array.from(data).filter((_, at) => at % 4 === k),
        )
      const { y } = await bench.measure(depthwise, bench.inputs, parameters)
      const comparisons = []
      for (let k = 0; k < 4; k++) {
        const alone = await bench.measure(
          depthwise,
          { x: channel(x, 3, k), filters: channel(filters, 2, k) },
          parameters,
        )
        comparisons.push({
          label: `channel ${k}`,
          expected: alone.y,
          actual: build(alone.y.shape, (n, i, j) => y.at(n, i, j, k)),
        })
      }
      return comparisons
    },
  }),
  law('point', {
    of: point,
    asks: [depthwise],
    title: 'with a kernel of 1 × 1 it multiplies each channel by a number',
    kills: [takesNeighbour, sumsChannels],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure }) {
      const { x, filters } = inputs
      const plain = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const
      const [image, weights] = [array('x'), array('filters')]
      const [K, M] = filters.shape.slice(2) as [number, number]
      return [
        {
          label: 'y = x D',
          expected: build(x.shape.with(3, K * M), (n, i, j, p) =>
            arithmetic.multiply(
              image.at(n, i, j, Math.floor(p / M)),
              weights.at(0, 0, Math.floor(p / M), p % M),
            ),
          ),
          actual: (await measure(depthwise, inputs, plain)).y,
        },
      ]
    },
  }),
  law('adjoint', {
    of: depthwiseGradient,
    asks: [depthwise, depthwiseGradient],
    title: 'it is linear in images and in filters, so gradients times either give y times dy',
    kills: [gradientFlips, gradientOfFirstFilter, gradientAverages],
    async holds(bench) {
      const { arithmetic } = bench
      const parameters = { ...bench.parameters }
      const { dy, ...inputs } = bench.inputs
      const { y } = await bench.measure(depthwise, inputs, parameters)
      const d = await bench.measure(depthwiseGradient, { ...inputs, dy }, parameters)
      const expected = scalar(inner(arithmetic, y, bench.array('dy')))
      return [
        {
          label: '⟨x, dx⟩ = ⟨y, dy⟩',
          expected,
          actual: scalar(inner(arithmetic, bench.array('x'), d.dx)),
        },
        {
          label: '⟨D, dD⟩ = ⟨y, dy⟩',
          expected,
          actual: scalar(inner(arithmetic, bench.array('filters'), d.dFilters)),
        },
      ]
    },
  }),
  rejection('rejected', depthwise, invalidities(depthwise), {
    title:
      'filters for another number of channels are rejected, and all else outside the signature',
    kills: [acceptsOtherChannels],
    share: 0.3,
  }),
)
