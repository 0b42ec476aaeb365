import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  conv2dBiasGradient,
  conv2dFilterGradient,
  conv2dInputGradient,
} from '../../../spec/cnn/backprop.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  connectivity,
  depthColumn,
  neurons,
  parameterCounts,
  paramReduction,
  patches,
} from '../../../spec/cnn/local.ts'
import { locallyConnectedGradient } from '../../../spec/cnn/share.ts'
import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import { array, free, type Parameters, type Sizes } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { lenient } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import { inputForgetsTurn, inputIgnoresDilation } from './backprop-faults.ts'
import {
  agreementOn,
  plain,
  pointDimensions,
  small,
  unpadded,
  wholeDimensions,
  wholeParameters,
  zeros,
} from './conv2d-cases.ts'
import { depthwise, flipsKernel, reachesBeyond, skipsFirstChannel } from './conv2d-faults.ts'
import {
  channelsFirst,
  columnsOfKernelFirst,
  forgetsBiases,
  forgetsDepth,
  neuronAFilter,
  oneBiasForAll,
  startsLate,
  unitsOfImage,
} from './local-faults.ts'

type Four = [number, number, number, number]

const answersLargeKernel = lenient(parameterCounts, 'counts a kernel that does not fit', () => ({
  dense: { dtype: 'float32', shape: [], data: new Float32Array(1) },
  local: { dtype: 'float32', shape: [], data: new Float32Array(1) },
  shared: { dtype: 'float32', shape: [], data: new Float32Array(1) },
}))

const counted = {
  dimensions: {
    N: free(1, 2, 'images'),
    K: free(1, 3, 'channels'),
    Q: free(1, 3, 'filters'),
    H: free(2, 6, 'rows'),
    W: free(2, 6, 'columns'),
  },
  inputs: { x: array('images', 'N', 'H', 'W', 'K') },
  parameters: {},
} as const

const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

const reductionProperties = properties(
  paramReduction,
  agreement(parameterCounts, 'integers', {
    kills: [forgetsBiases, forgetsDepth, oneBiasForAll, unitsOfImage],
  }),
  rejection('rejected', parameterCounts, invalidities(parameterCounts), {
    title: 'a kernel larger than the image, and sizes below 1, are rejected',
    kills: [answersLargeKernel],
    share: 0.3,
  }),
  law('differences', {
    of: parameterCounts,
    title:
      'sharing divides the parameters by the number of positions; locality saves the pixels outside the window',
    kills: [forgetsDepth, unitsOfImage],
    async holds({ answer, arithmetic, exact, parameters }) {
      const { rows: H, columns: W, channels: K, filters: Q } = parameters
      const { kernelRows: Hf, kernelColumns: Wf } = parameters
      const positions = (H - Hf + 1) * (W - Wf + 1)
      const { dense, local, shared } = await answer(parameterCounts, {}, parameters)
      const saved = positions * Q * (H * W - Hf * Wf) * K
      return [
        {
          label: 'local = positions × shared',
          expected: build([], () => arithmetic.multiply(arithmetic.exact(positions), shared.at())),
          actual: local,
        },
        {
          label: 'dense − local',
          expected: exact(fromData([], [saved])),
          actual: build([], () => arithmetic.subtract(dense.at(), local.at())),
        },
      ]
    },
  }),
  law('allocated', {
    of: counted,
    asks: [parameterCounts, conv2dFilterGradient, conv2dBiasGradient, locallyConnectedGradient],
    title: 'the gradients by weights and biases have as many numbers as there are parameters',
    kills: [forgetsBiases, oneBiasForAll],
    share: 0.2,
    async holds({ answer, exact, inputs, sizes }) {
      const { N, H, W, K, Q } = sizes as Record<'N' | 'H' | 'W' | 'K' | 'Q', number>
      const [Hf, Wf] = [Math.min(2, H), Math.min(3, W)]
      const [Ho, Wo] = [H - Hf + 1, W - Wf + 1]
      const { x } = inputs
      const dy = zeros([N, Ho, Wo, Q])
      const { dFilters } = await answer(
        conv2dFilterGradient,
        { x, dy },
        { ...plainly, kernelSize: [Hf, Wf] },
      )
      const { dBias } = await answer(conv2dBiasGradient, { dy }, {})
      const local = await answer(
        locallyConnectedGradient,
        { x, filters: zeros([Ho, Wo, Hf, Wf, K, Q]), dy },
        plainly,
      )
      const counts = await answer(
        parameterCounts,
        {},
        {
          rows: H,
          columns: W,
          channels: K,
          kernelRows: Hf,
          kernelColumns: Wf,
          filters: Q,
        },
      )
      const count = (...arrays: readonly { readonly data: readonly unknown[] }[]) =>
        exact(fromData([], [arrays.reduce((sum, { data }) => sum + data.length, 0)]))
      return [
        { label: 'shared', expected: count(dFilters, dBias), actual: counts.shared },
        {
          label: 'local',
          expected: count(local.dFilters, local.dBias),
          actual: counts.local,
        },
      ]
    },
  }),
  published(
    'the-notes-example',
    parameterCounts,
    [
      {
        parameters: {
          rows: 32,
          columns: 32,
          channels: 3,
          kernelRows: 5,
          kernelColumns: 5,
          filters: 1,
        },
        printed: [
          { label: '28 · 28 · (32 · 32 · 3 + 1)', output: 'dense', values: [2409232] },
          { label: '28 · 28 · (5 · 5 · 3 + 1)', output: 'local', values: [59584] },
          { label: '5 · 5 · 3 + 1', output: 'shared', values: [76] },
        ],
      },
    ],
    {
      title: 'the parameters of one map of 5 × 5 windows in an image of 32 × 32 × 3, by hand',
      kills: [forgetsBiases, unitsOfImage],
    },
  ),
)

/** The first pixel of the window at a position, which may lie in the padding. */
function windowStart(
  { H, W, Hf, Wf }: Sizes,
  { strides, dilations, padding }: Parameters,
  [i, j]: readonly [number, number],
) {
  const [top] = paddingAmounts(padding, 0, H!, extent(Hf!, dilations[0]), strides[0])
  const [left] = paddingAmounts(padding, 1, W!, extent(Wf!, dilations[1]), strides[1])
  return [strides[0] * i - top, strides[1] * j - left] as const
}

/** The index of the tap that lies on a pixel, or `undefined`. */
function tapOn(distance: number, dilation: number, taps: number): number | undefined {
  const tap = distance / dilation
  return Number.isInteger(tap) && tap >= 0 && tap < taps ? tap : undefined
}

const place = integer({ min: 0, upTo: 30 })

const elsewhere = {
  ...unpadded,
  inputs: { ...unpadded.inputs, other: array('another image', 'N', 'H', 'W', 'K') },
  parameters: { ...unpadded.parameters, row: place, column: place },
} as const

/** Pixels outside the window of one position change, and its response does not. */
async function seesItsWindow<T>(bench: Bench<T, typeof elsewhere>) {
  const { sizes, inputs } = bench
  const { row, column, ...parameters } = bench.parameters
  const at = [row % sizes.Ho!, column % sizes.Wo!] as const
  const [a0, b0] = windowStart(sizes, parameters, at)
  const [Dh, Dw] = parameters.dilations
  const [x, other] = [plain(inputs.x), plain(inputs.other)]
  const changed = build(x.shape, (n, a, b, k) => {
    const seen =
      tapOn(a - a0, Dh, sizes.Hf!) !== undefined && tapOn(b - b0, Dw, sizes.Wf!) !== undefined
    return seen ? x.at(n, a, b, k) : other.at(n, a, b, k)
  })
  const { filters, bias } = inputs
  const before = (await bench.measure(conv2d, { x, filters, bias }, parameters)).y
  const after = (await bench.measure(conv2d, { x: changed, filters, bias }, parameters)).y
  const [N, , , Q] = before.shape as Four
  return [
    {
      label: `the responses at [${at.join(', ')}]`,
      expected: build([N, Q], (n, q) => before.at(n, ...at, q)),
      actual: build([N, Q], (n, q) => after.at(n, ...at, q)),
    },
  ]
}

const onePixel = {
  ...small,
  parameters: { ...small.parameters, row: place, column: place, channel: place },
} as const

const neuronProperties = properties(
  neurons,
  law('one-number-each', {
    of: counted,
    asks: [conv2d, parameterCounts],
    title: 'the numbers of the output, each with a window of weights and a bias',
    kills: [neuronAFilter, forgetsBiases, forgetsDepth],
    async holds(bench) {
      const { exact, multiply } = bench.arithmetic
      const { H, W, K, Q } = bench.sizes as Record<'H' | 'W' | 'K' | 'Q', number>
      const [Hf, Wf] = [Math.min(2, H), Math.min(3, W)]
      const { y } = await bench.measure(
        conv2d,
        {
          x: bench.inputs.x,
          filters: build([Hf, Wf, K, Q], () => 1),
          bias: build([Q], () => 0),
        },
        plainly,
      )
      const { local, dense } = await bench.answer(
        parameterCounts,
        {},
        { rows: H, columns: W, channels: K, kernelRows: Hf, kernelColumns: Wf, filters: Q },
      )
      const all = exact(y.data.length / y.shape[0]!)
      return [
        {
          label: 'neurons × (H′W′K + 1)',
          expected: build([], () => multiply(all, exact(Hf * Wf * K + 1))),
          actual: local,
        },
        {
          label: 'neurons × (HWK + 1)',
          expected: build([], () => multiply(all, exact(H * W * K + 1))),
          actual: dense,
        },
      ]
    },
  }),
  worked('E-97', {
    of: parameterCounts,
    title: 'one filter has a neuron at each of its four positions',
    kills: [neuronAFilter],
    parameters: { rows: 3, columns: 3, channels: 1, kernelRows: 2, kernelColumns: 2, filters: 1 },
    notes: { dense: [10] },
    gives: { dense: [40] },
  }),
)

const connectivityProperties = properties(
  connectivity,
  law('outside', {
    of: elsewhere,
    asks: [conv2d],
    title: 'pixels outside the window change nothing, to the bit',
    kills: [reachesBeyond],
    share: 0.5,
    holds: seesItsWindow,
  }),
  law('outside-bounded', {
    of: elsewhere,
    asks: [conv2d],
    values: 'reals',
    title: 'pixels outside the window change nothing, within the bound',
    kills: [reachesBeyond],
    share: 0.3,
    holds: seesItsWindow,
  }),
  law('inside', {
    of: onePixel,
    asks: [conv2d],
    title: 'a single lit pixel of any channel gives the weight that lies on it, and 0 elsewhere',
    kills: [depthwise, skipsFirstChannel, flipsKernel],
    share: 0.5,
    async holds(bench) {
      const { sizes, inputs, arithmetic } = bench
      const { row, column, channel, ...parameters } = bench.parameters
      const [a, b, c] = [row % sizes.H!, column % sizes.W!, channel % sizes.K!]
      const x = build(inputs.x.shape, (_, i, j, k) => (i === a && j === b && k === c ? 1 : 0))
      const arrays = { x, filters: inputs.filters, bias: zeros(inputs.bias.shape) }
      const { y } = await bench.measure(conv2d, arrays, parameters)
      const F = bench.array('filters')
      const [Dh, Dw] = parameters.dilations
      const expected = build(y.shape, (_, i, j, q) => {
        const [a0, b0] = windowStart(sizes, parameters, [i!, j!])
        const [u, v] = [tapOn(a - a0, Dh, sizes.Hf!), tapOn(b - b0, Dw, sizes.Wf!)]
        return u === undefined || v === undefined ? arithmetic.exact(0) : F.at(u, v, c, q)
      })
      return [{ label: 'the response to one pixel', expected, actual: y }]
    },
  }),
  law('jacobian', {
    of: onePixel,
    asks: [conv2dInputGradient],
    title: 'a single response has a gradient in its window only, the weights of its filter',
    kills: [inputForgetsTurn, inputIgnoresDilation],
    share: 0.5,
    async holds(bench) {
      const { sizes, inputs, arithmetic } = bench
      const { row, column, channel, ...parameters } = bench.parameters
      const [i, j, q] = [row % sizes.Ho!, column % sizes.Wo!, channel % sizes.Q!]
      const { N, Ho, Wo, Q, H, W } = sizes as Record<'N' | 'Ho' | 'Wo' | 'Q' | 'H' | 'W', number>
      const dy = build([N, Ho, Wo, Q], (_, a, b, c) => (a === i && b === j && c === q ? 1 : 0))
      const { dx } = await bench.measure(
        conv2dInputGradient,
        { filters: inputs.filters, dy },
        { ...parameters, imageSize: [H, W] },
      )
      const F = bench.array('filters')
      const [Dh, Dw] = parameters.dilations
      const [a0, b0] = windowStart(sizes, parameters, [i, j])
      const expected = build(dx.shape, (_, a, b, k) => {
        const [u, v] = [tapOn(a! - a0, Dh, sizes.Hf!), tapOn(b! - b0, Dw, sizes.Wf!)]
        return u === undefined || v === undefined ? arithmetic.exact(0) : F.at(u, v, k, q)
      })
      return [{ label: 'the gradient of one response', expected, actual: dx }]
    },
  }),
)

/** Each column of pixels times the filters as a matrix. */
async function productOfMatrices<T>(bench: Bench<T, typeof small>) {
  const { inputs, parameters, sizes, arithmetic } = bench
  const { x } = inputs
  const kernelSize = [sizes.Hf!, sizes.Wf!]
  const { y } = await bench.measure(conv2d, inputs, parameters)
  const p = (await bench.measure(patches, { x }, { ...parameters, kernelSize })).patches
  const [b, F] = [bench.array('bias'), bench.array('filters')]
  const Q = sizes.Q!
  const expected = build(y.shape, (n, i, j, q) =>
    arithmetic.total([
      b.at(q!),
      // Row-major, the bank is the matrix Φ already: row (u W' + v) K + k, column q.
      ...Array.from({ length: p.shape[3]! }, (_, r) =>
        arithmetic.multiply(p.at(n!, i!, j!, r), F.data[r * Q + q!]!),
      ),
    ]),
  )
  return [{ label: 'Φᵀ p + b', expected, actual: y }]
}

const { Hf, Wf, H, W } = pointDimensions

const depthColumnProperties = properties(
  depthColumn,
  agreement(patches, 'integers', { kills: [channelsFirst, columnsOfKernelFirst] }),
  agreement(patches, 'reals', { kills: [channelsFirst, columnsOfKernelFirst], share: 0.5 }),
  agreementOn(
    'point',
    { ...patches, dimensions: { ...patches.dimensions, Hf, Wf, H, W } },
    patches,
    'integers',
    {
      title: 'the column of a kernel of 1 × 1 is the channels of a pixel',
      kills: [startsLate],
      share: 0.1,
    },
  ),
  agreementOn(
    'whole',
    {
      ...patches,
      dimensions: { ...patches.dimensions, H: wholeDimensions.H, W: wholeDimensions.W },
      parameters: { ...patches.parameters, ...wholeParameters },
    },
    patches,
    'integers',
    {
      title: 'the only column of a kernel as large as the image is every D-th pixel of it',
      kills: [channelsFirst, columnsOfKernelFirst],
      share: 0.1,
    },
  ),
  law('product', {
    of: small,
    asks: [patches, conv2d],
    title: 'the convolution is the product of the columns with the bank as a matrix, to the bit',
    kills: [channelsFirst, flipsKernel],
    share: 0.3,
    holds: productOfMatrices,
  }),
  law('product-bounded', {
    of: small,
    asks: [patches, conv2d],
    values: 'reals',
    title: 'the convolution is the product of the columns with the bank, within the bound',
    kills: [channelsFirst, flipsKernel],
    share: 0.2,
    holds: productOfMatrices,
  }),
)

export const localProperties = [
  ...reductionProperties,
  ...neuronProperties,
  ...connectivityProperties,
  ...depthColumnProperties,
]
