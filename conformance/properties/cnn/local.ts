import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2dInputGradient } from '../../../spec/cnn/backprop.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { connectivity, depthColumn, patches } from '../../../spec/cnn/local.ts'
import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import { array, type Parameters, type Sizes } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { part, plain, zeros } from '../../kit/arrays.ts'
import { equivarianceTwice } from '../../kit/equivariance.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { inputForgetsTurn, inputIgnoresDilation } from './backprop-faults.ts'
import {
  pointDimensions,
  small,
  unpadded,
  wholeDimensions,
  wholeParameters,
} from './conv2d-cases.ts'
import { depthwise, flipsKernel, reachesBeyond, skipsFirstChannel } from './conv2d-faults.ts'
import { channelsFirst, columnsOfKernelFirst, startsLate } from './local-faults.ts'

/** Which tap of a window lies on a pixel, by its indices in the filter; `undefined` if none does. */
function tapOn(
  { H, W, Hf, Wf }: Sizes,
  { strides, dilations, padding }: Parameters,
  [i, j]: readonly number[],
  [a, b]: readonly number[],
) {
  const [[top], [left]] = [
    paddingAmounts(padding, 0, H, extent(Hf, dilations[0]), strides[0]),
    paddingAmounts(padding, 1, W, extent(Wf, dilations[1]), strides[1]),
  ]
  const u = (a - strides[0] * i + top) / dilations[0]
  const v = (b - strides[1] * j + left) / dilations[1]
  const inside = (tap: number, taps: number) => Number.isInteger(tap) && tap >= 0 && tap < taps
  return inside(u, Hf) && inside(v, Wf) ? ([u, v] as const) : undefined
}

const place = integer({ min: 0, upTo: 30 })

const elsewhere = {
  ...unpadded,
  inputs: { ...unpadded.inputs, other: array('another image', 'N', 'H', 'W', 'K') },
  parameters: { ...unpadded.parameters, row: place, column: place },
} as const

/** The position whose response is looked at. */
const positionOf = ({ row, column }: Parameters, { Ho, Wo }: Sizes) =>
  [row % Ho, column % Wo] as const

const onePixel = {
  ...small,
  parameters: { ...small.parameters, row: place, column: place, channel: place },
} as const

const connectivityProperties = properties(
  connectivity,
  equivarianceTwice(
    'outside',
    {
      of: conv2d,
      within: elsewhere,
      title: 'pixels outside the window change nothing',
      kills: [reachesBeyond],
      share: 0.5,
      inputs: ({ x }, { inputs, parameters, sizes }) => {
        const other = plain(inputs.other)
        const at = positionOf(parameters, sizes)
        return {
          x: build(x.shape, (n, a, b, k) =>
            (tapOn(sizes, parameters, at, [a, b]) ? x : other).at(n, a, b, k),
          ),
        }
      },
      compared: ({ y }, { parameters, sizes }) => {
        const [i, j] = positionOf(parameters, sizes)
        return { y: part(y, [sizes.N, 1, 1, sizes.Q], [0, i, j, 0]) }
      },
    },
    { share: 0.3 },
  ),
  law('inside', {
    of: onePixel,
    asks: [conv2d],
    title: 'a single lit pixel of any channel gives the weight that lies on it, and 0 elsewhere',
    kills: [depthwise, skipsFirstChannel, flipsKernel],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, sizes, ...bench }) {
      const { row, column, channel, ...parameters } = bench.parameters
      const [a, b, c] = [row % sizes.H, column % sizes.W, channel % sizes.K]
      const x = build(inputs.x.shape, (_, i, j, k) => (i === a && j === b && k === c ? 1 : 0))
      const { filters, bias } = inputs
      const { y } = await measure(conv2d, { x, filters, bias: zeros(bias.shape) }, parameters)
      const F = array('filters')
      const expected = build(y.shape, (_, i, j, q) => {
        const tap = tapOn(sizes, parameters, [i, j], [a, b])
        return tap === undefined ? arithmetic.exact(0) : F.at(...tap, c, q)
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
    async holds({ array, arithmetic, inputs: { filters }, measure, sizes, ...bench }) {
      const { row, column, channel, ...parameters } = bench.parameters
      const { N, Ho, Wo, Q, H, W } = sizes
      const [i, j, q] = [row % Ho, column % Wo, channel % Q]
      const dy = build([N, Ho, Wo, Q], (_, a, b, c) => (a === i && b === j && c === q ? 1 : 0))
      const imageSize = [H, W]
      const { dx } = await measure(
        conv2dInputGradient,
        { filters, dy },
        { ...parameters, imageSize },
      )
      const F = array('filters')
      const expected = build(dx.shape, (_, a, b, k) => {
        const tap = tapOn(sizes, parameters, [i, j], [a, b])
        return tap === undefined ? arithmetic.exact(0) : F.at(...tap, k, q)
      })
      return [{ label: 'the gradient of one response', expected, actual: dx }]
    },
  }),
)

const { Hf, Wf, H, W } = pointDimensions

const depthColumnProperties = properties(
  depthColumn,
  agreement(patches, 'integers', { kills: [channelsFirst, columnsOfKernelFirst] }),
  agreement(patches, 'reals', { kills: [channelsFirst, columnsOfKernelFirst], share: 0.5 }),
  agreement(patches, 'integers', {
    name: 'point',
    within: { dimensions: { Hf, Wf, H, W } },
    title: 'the column of a kernel of 1 × 1 is the channels of a pixel',
    kills: [startsLate],
    share: 0.1,
  }),
  agreement(patches, 'integers', {
    name: 'whole',
    within: {
      dimensions: { H: wholeDimensions.H, W: wholeDimensions.W },
      parameters: wholeParameters,
    },
    title: 'the only column of a kernel as large as the image is every D-th pixel of it',
    kills: [channelsFirst, columnsOfKernelFirst],
    share: 0.1,
  }),
  lawTwice(
    'product',
    {
      of: small,
      asks: [patches, conv2d],
      title: 'the convolution is the product of the columns with the bank as a matrix',
      kills: [channelsFirst, flipsKernel],
      share: 0.3,
      async holds({ array, arithmetic, inputs, measure, parameters, sizes }) {
        const { Hf, Wf, K, Q } = sizes
        const kernelSize = [Hf, Wf]
        const { y } = await measure(conv2d, inputs, parameters)
        const { patches: p } = await measure(
          patches,
          { x: inputs.x },
          { ...parameters, kernelSize },
        )
        // Row-major, the bank is the matrix Φ already: row (u W' + v) K + k, column q.
        const Phi = fromData([Hf * Wf * K, Q], array('filters').data)
        const b = array('bias')
        const expected = build(y.shape, (n, i, j, q) =>
          arithmetic.total([
            b.at(q),
            ...Array.from({ length: Hf * Wf * K }, (_, r) =>
              arithmetic.multiply(p.at(n, i, j, r), Phi.at(r, q)),
            ),
          ]),
        )
        return [{ label: 'Φᵀ p + b', expected, actual: y }]
      },
    },
    {
      title: 'the convolution is the product of the columns with the bank, within the bound',
      share: 0.2,
    },
  ),
)

export const localProperties = [...connectivityProperties, ...depthColumnProperties]
