import { build } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  bottleneck,
  bottleneckGradient,
  bottleneckLayers,
  params,
  shapes,
} from '../../../spec/resnet/bottleneck.ts'
import { agreement } from '../../kit/agreement.ts'
import { part, row, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  doesNotPad,
  forgetsShortcut,
  gradientForgetsShortcut,
  gradientSkipsMiddle,
  gradientTransposes,
  layersCountBiases,
  layersExpandAlways,
  layersForgetRestoring,
  layersShrink,
  padsOnOneSide,
  padsPoints,
  rectifiesBranch,
  rectifiesOnce,
} from './bottleneck-faults.ts'

const point = tensor([1, 1, 1, 1], [1])
const none = tensor([1], [0])

const shapesProperties = properties(
  shapes,
  agreement(bottleneck, 'integers', {
    kills: [forgetsShortcut, rectifiesBranch, rectifiesOnce, padsOnOneSide, doesNotPad],
  }),
  agreement(bottleneck, 'reals', { kills: [forgetsShortcut, padsOnOneSide] }),
  agreement(bottleneckGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientForgetsShortcut, gradientSkipsMiddle, gradientTransposes],
  }),
  agreement(bottleneckGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientSkipsMiddle, gradientTransposes],
  }),
  agreement(bottleneckLayers, 'integers', {
    name: 'trace',
    kills: [layersShrink, layersExpandAlways],
  }),
  law('closed', {
    of: bottleneckLayers,
    title: 'the last array has the shape of the first, and both inner ones its rows and columns',
    kills: [layersShrink, layersExpandAlways],
    async holds({ answer, exact, parameters }) {
      const { rows, columns, channels } = parameters
      const trace = (await answer(bottleneckLayers, {}, parameters)).shapes
      return [
        {
          label: 'shape of F(x)',
          expected: exact(row(rows, columns, channels)),
          actual: build([3], (axis) => trace.at(3, axis)),
        },
        {
          label: 'rows and columns inside',
          expected: exact(build([2, 2], (_, axis) => [rows, columns][axis])),
          actual: part(trace, [2, 2], [1]),
        },
      ]
    },
  }),
  worked('E-60', {
    of: bottleneck,
    title: 'a 1 × 1 convolution needs no padding',
    kills: [padsPoints],
    inputs: {
      x: point,
      reduce: point,
      reduceBias: none,
      filters: tensor([3, 3, 1, 1], [0, 0, 0, 0, 1, 0, 0, 0, 0]),
      bias: none,
      expand: point,
      expandBias: none,
    },
    parameters: { shortcut: 'none', variant: 'linear' },
    // The pixel in the middle of 5 × 5.
    notes: { y: new Array<number>(25).fill(0).with(12, 1) },
    gives: { y: [1] },
  }),
)

const quarter = { ...bottleneckLayers, parameters: { inside: integer({ min: 1, upTo: 16 }) } }

const paramsProperties = properties(
  params,
  agreement(bottleneckLayers, 'integers', {
    kills: [layersCountBiases, layersExpandAlways, layersForgetRestoring],
  }),
  law('quarter', {
    of: quarter,
    asks: [bottleneckLayers],
    title: 'at a quarter of the channels the ratio is 288 / 17, whatever their number',
    kills: [layersForgetRestoring],
    async holds({ arithmetic: { divide, exact }, measure, parameters: { inside } }) {
      const block = { rows: 1, columns: 1, channels: 4 * inside, inside }
      const { ratio } = await measure(bottleneckLayers, {}, block)
      return [{ label: 'ratio', expected: scalar(divide(exact(288), exact(17))), actual: ratio }]
    },
  }),
  law('allocated', {
    of: bottleneck,
    asks: [bottleneck, bottleneckLayers],
    title: 'the counts are those of the arrays that the block takes, and F has the shape counted',
    kills: [layersCountBiases, layersExpandAlways],
    async holds({ answer, exact, inputs, parameters, sizes: { H, W, C, B } }) {
      const { y } = await answer(bottleneck, inputs, parameters)
      const block = { rows: H, columns: W, channels: C, inside: B }
      const layers = await answer(bottleneckLayers, {}, block)
      const filters = [inputs.reduce, inputs.filters, inputs.expand]
      return [
        {
          label: 'weights',
          expected: exact(row(...filters.map(({ data }) => data.length))),
          actual: layers.weights,
        },
        {
          label: 'shape of the output',
          expected: exact(row(...y.shape.slice(1))),
          actual: build([3], (axis) => layers.shapes.at(3, axis)),
        },
      ]
    },
  }),
  worked('figure-5', {
    of: bottleneckLayers,
    title: 'the block of figure 5, 256 channels around 64: 69 632 weights by hand',
    kills: [layersCountBiases, layersShrink],
    parameters: { rows: 56, columns: 56, channels: 256, inside: 64 },
    gives: {
      weights: [16_384, 36_864, 16_384],
      shapes: [256, 64, 64, 256].flatMap((channels) => [56, 56, channels]),
    },
  }),
)

export const bottleneckProperties = [...shapesProperties, ...paramsProperties]
