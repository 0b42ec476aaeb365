import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { channelsApart, depthwise, depthwiseGradient } from '../../../spec/efficient/depthwise.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { part, plain, zeros } from '../../kit/arrays.ts'
import { degreeOne } from '../../kit/degree-one.ts'
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
    async holds({ inputs, measure, parameters, sizes: { Hf, Wf, K, M, P } }) {
      const filters = plain(inputs.filters)
      const bank = build([Hf, Wf, K, P], (u, v, k, p) =>
        Math.floor(p / M) === k ? filters.at(u, v, k, p % M) : 0,
      )
      const { y } = await measure(depthwise, inputs, parameters)
      const whole = { x: inputs.x, filters: bank, bias: zeros([P]) }
      return [{ label: 'y', expected: (await measure(conv2d, whole, parameters)).y, actual: y }]
    },
  }),
  law('vectors', {
    of: wide,
    asks: [depthwise],
    title: 'four channels of a large image give what each of them gives alone',
    kills: [sumsChannels],
    share: 0.2,
    async holds({ inputs, measure, parameters: given }) {
      const parameters = { ...given, dilations: [1, 1] } as const
      const [x, filters] = [plain(inputs.x), plain(inputs.filters)]
      const { y } = await measure(depthwise, inputs, parameters)
      const comparisons = []
      for (let k = 0; k < 4; k++) {
        const channel = {
          x: part(x, x.shape.with(3, 1), [0, 0, 0, k]),
          filters: part(filters, filters.shape.with(2, 1), [0, 0, k]),
        }
        const expected = (await measure(depthwise, channel, parameters)).y
        const actual = part(y, expected.shape, [0, 0, 0, k])
        comparisons.push({ label: `channel ${k}`, expected, actual })
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
    async holds({ arithmetic, array, inputs, measure, sizes: { N, H, W, M, P } }) {
      const everyPixel = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const
      const [x, D] = [array('x'), array('filters')]
      return [
        {
          label: 'y = x D',
          expected: build([N, H, W, P], (n, i, j, p) => {
            const k = Math.floor(p / M)
            return arithmetic.multiply(x.at(n, i, j, k), D.at(0, 0, k, p % M))
          }),
          actual: (await measure(depthwise, inputs, everyPixel)).y,
        },
      ]
    },
  }),
  degreeOne('adjoint', depthwise, depthwiseGradient, {
    title: 'it is linear in images and in filters, so gradients times either give y times dy',
    kills: [gradientFlips, gradientOfFirstFilter, gradientAverages],
    layers: [{ weights: ['filters'] }, { weights: ['x'] }],
  }),
  rejection('rejected', depthwise, invalidities(depthwise), {
    title:
      'filters for another number of channels are rejected, and all else outside the signature',
    kills: [acceptsOtherChannels],
    share: 0.3,
  }),
)
