import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  bottleneck,
  bottleneckGradient,
  bottleneckLayers,
  params,
  shapes,
} from '../../../spec/resnet/bottleneck.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
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
          expected: exact(fromData([3], [rows, columns, channels])),
          actual: build([3], (axis) => trace.at(3, axis)),
        },
        {
          label: 'rows and columns inside',
          expected: exact(fromData([2, 2], [rows, columns, rows, columns])),
          actual: build([2, 2], (layer, axis) => trace.at(layer + 1, axis)),
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
    async holds(bench) {
      const { inside } = bench.parameters
      const parameters = { rows: 1, columns: 1, channels: 4 * inside, inside }
      const { ratio } = await bench.measure(bottleneckLayers, {}, parameters)
      const expected = bench.arithmetic.divide(
        bench.arithmetic.exact(288),
        bench.arithmetic.exact(17),
      )
      return [{ label: 'ratio', expected: build([], () => expected), actual: ratio }]
    },
  }),
  law('allocated', {
    of: bottleneck,
    asks: [bottleneck, bottleneckLayers],
    title: 'the counts are those of the arrays that the block takes, and F has the shape counted',
    kills: [layersCountBiases, layersExpandAlways],
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { y } = await answer(bottleneck, inputs, parameters)
      const layers = await answer(
        bottleneckLayers,
        {},
        { rows: sizes.H!, columns: sizes.W!, channels: sizes.C!, inside: sizes.B! },
      )
      const allocated = [inputs.reduce, inputs.filters, inputs.expand].map(
        ({ data }) => data.length,
      )
      return [
        {
          label: 'weights',
          expected: exact(fromData([3], allocated)),
          actual: layers.weights,
        },
        {
          label: 'shape of the output',
          expected: exact(fromData([3], y.shape.slice(1))),
          actual: build([3], (axis) => layers.shapes.at(3, axis)),
        },
      ]
    },
  }),
  published(
    'figure-5',
    bottleneckLayers,
    [
      {
        parameters: { rows: 56, columns: 56, channels: 256, inside: 64 },
        printed: [
          { label: '1 × 1, 3 × 3, 1 × 1', output: 'weights', values: [16_384, 36_864, 16_384] },
          {
            label: '256, 64, 64, 256 channels',
            output: 'shapes',
            values: [56, 56, 256, 56, 56, 64, 56, 56, 64, 56, 56, 256],
          },
        ],
      },
    ],
    {
      title: 'the block of figure 5, 256 channels around 64: 69 632 weights by hand',
      kills: [layersCountBiases, layersShrink],
    },
  ),
)

export const bottleneckProperties = [...shapesProperties, ...paramsProperties]
