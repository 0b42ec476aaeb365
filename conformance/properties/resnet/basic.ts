import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { basicBlockLayers as layersReference } from '../../../reference/resnet/basic.ts'
import { free } from '../../../spec/language/operation.ts'
import { basicBlock, basicBlockLayers } from '../../../spec/resnet/basic.ts'
import { block } from '../../../spec/resnet/block.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { noInnerRectifier, padsOnOneSide, wrapsAround } from './block-faults.ts'

const wrong = faultsOf(basicBlockLayers, layersReference)

const keepsLastOnly = wrong.outputs('keeps only what the last convolution gives', (answer) => {
  return { activations: changed(answer.activations, (count) => count / 3) }
})

const countsBiases = wrong.outputs(
  'counts the biases among the weights',
  (answer, { parameters }) => {
    return { weights: changed(answer.weights, (count) => count + parameters.channels) }
  },
)

const shrinks = wrong.outputs(
  'lets each convolution take one ring of pixels away',
  (_, { parameters }) => {
    const { rows, columns, channels } = parameters
    const left = (size: number, layer: number) => Math.max(0, size - 2 * layer)
    const positions = (layer: number) => left(rows, layer) * left(columns, layer)
    return {
      shapes: build([3, 3], (layer, axis) =>
        axis === 2 ? channels : left(axis === 0 ? rows : columns, layer),
      ),
      multiplyAdds: build([2], (layer) => positions(layer + 1) * 9 * channels * channels),
    }
  },
)

/** Images so large that not every pixel sees every other one. */
const wide = {
  dimensions: { ...block.dimensions, H: free(5, 7, 'rows'), W: free(5, 7, 'columns') },
  inputs: block.inputs,
  parameters: block.parameters,
}

export const basicProperties = properties(
  basicBlock,
  agreement(block, 'integers', { kills: [padsOnOneSide, wrapsAround, noInnerRectifier] }),
  law('local', {
    of: wide,
    asks: [block],
    title: 'another first pixel changes no output beyond the third row and column',
    kills: [wrapsAround],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters }) {
      const { x } = inputs
      const [, H, W, C] = x.shape as [number, number, number, number]
      const position = (k: number) => Math.floor(k / C) % (H * W)
      const other = fromData(
        x.shape,
        Array.from(x.data, (value, k) => (position(k) === 0 ? value + 1 : value)),
      )
      const before = (await answer(block, inputs, parameters)).y
      const after = (await answer(block, { ...inputs, x: other }, parameters)).y
      const zero = arithmetic.exact(0)
      const far = (y: typeof before) =>
        build(y.shape, (n, i, j, c) => (i < 3 && j < 3 ? zero : y.at(n, i, j, c)))
      return [{ label: 'far from the pixel', expected: far(before), actual: far(after) }]
    },
  }),
  agreement(basicBlockLayers, 'integers', {
    name: 'counts',
    kills: [keepsLastOnly, countsBiases, shrinks],
  }),
  law('allocated', {
    of: block,
    asks: [block, basicBlockLayers],
    title: 'the counts are those of the arrays that the block takes and of the one that it gives',
    kills: [countsBiases, shrinks],
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { y } = await answer(block, inputs, parameters)
      const { H, W, C } = sizes as Record<'H' | 'W' | 'C', number>
      const layers = await answer(basicBlockLayers, {}, { rows: H, columns: W, channels: C })
      const allocated = [inputs.filters1.data.length, inputs.filters2.data.length]
      return [
        {
          label: 'weights',
          expected: exact(fromData([2], allocated)),
          actual: layers.weights,
        },
        {
          label: 'shape of the output',
          expected: exact(fromData([3], y.shape.slice(1))),
          actual: build([3], (axis) => layers.shapes.at(2, axis)),
        },
      ]
    },
  }),
  published(
    'figure-5',
    basicBlockLayers,
    [
      {
        parameters: { rows: 56, columns: 56, channels: 64 },
        printed: [
          { label: 'twice 3 × 3, 64', output: 'weights', values: [36_864, 36_864] },
          { label: 'by hand', output: 'multiplyAdds', values: [115_605_504, 115_605_504] },
          { label: 'three arrays', output: 'activations', values: [602_112] },
        ],
      },
      {
        parameters: { rows: 1, columns: 1, channels: 256 },
        printed: [{ label: 'at 256 channels', output: 'weights', values: [589_824, 589_824] }],
      },
    ],
    {
      title: 'the block of figure 5, 73 728 weights; at 256 channels 1 179 648, by hand',
      kills: [countsBiases, shrinks],
    },
  ),
)
