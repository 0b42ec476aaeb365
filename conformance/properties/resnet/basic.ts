import { build } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { basicBlock, basicBlockLayers } from '../../../spec/resnet/basic.ts'
import { block } from '../../../spec/resnet/block.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, row } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import { countsBiases, keepsLastOnly, shrinks } from './basic-faults.ts'
import { noInnerRectifier, padsOnOneSide, wrapsAround } from './block-faults.ts'

/** Images so large that not every pixel sees every other one. */
const wide = {
  dimensions: { ...block.dimensions, H: free(5, 7, 'rows'), W: free(5, 7, 'columns') },
  inputs: block.inputs,
  parameters: block.parameters,
}

export const basicProperties = properties(
  basicBlock,
  agreement(block, 'integers', { kills: [padsOnOneSide, wrapsAround, noInnerRectifier] }),
  equivariance('local', {
    of: block,
    within: wide,
    title: 'another first pixel changes no output beyond the third row and column',
    kills: [wrapsAround],
    share: 0.5,
    toTheBit: true,
    inputs: ({ x }, { sizes: { H, W, C } }) => ({
      x: changed(x, (value, at) => (Math.floor(at / C) % (H * W) === 0 ? value + 1 : value)),
    }),
    compared: ({ y }, { arithmetic }) => ({
      y: build(y.shape, (n, i, j, c) => (i < 3 && j < 3 ? arithmetic.exact(0) : y.at(n, i, j, c))),
    }),
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
    async holds({ answer, exact, inputs, parameters, sizes: { H, W, C } }) {
      const { y } = await answer(block, inputs, parameters)
      const layers = await answer(basicBlockLayers, {}, { rows: H, columns: W, channels: C })
      return [
        {
          label: 'weights',
          expected: exact(row(inputs.filters1.data.length, inputs.filters2.data.length)),
          actual: layers.weights,
        },
        {
          label: 'shape of the output',
          expected: exact(row(...y.shape.slice(1))),
          actual: build([3], (axis) => layers.shapes.at(2, axis)),
        },
      ]
    },
  }),
  worked('figure-5', {
    of: basicBlockLayers,
    title: 'the block of figure 5, 73 728 weights; at 256 channels 1 179 648, by hand',
    kills: [countsBiases, shrinks],
    cases: [
      {
        says: 'twice 3 × 3, 64, on three arrays',
        parameters: { rows: 56, columns: 56, channels: 64 },
        gives: {
          weights: [36_864, 36_864],
          multiplyAdds: [115_605_504, 115_605_504],
          activations: [602_112],
        },
      },
      {
        says: 'at 256 channels',
        parameters: { rows: 1, columns: 1, channels: 256 },
        gives: { weights: [589_824, 589_824] },
      },
    ],
  }),
)
