import { fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { dense, flatten, flattenClause, flattenGradient } from '../../../spec/cnn/flatten.ts'
import { array, derived, free, type Sizes } from '../../../spec/language/operation.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { numbers, plain } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { plainly } from './conv2d-cases.ts'
import {
  channelsFirst,
  columnsFirst,
  forgetsBias,
  keepsBias,
  mixesImages,
  returnsColumnsFirst,
  transposesWeights,
} from './flatten-faults.ts'

/** An image, and a dense layer for it. */
const imageAndLayer = {
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 3, 'rows'),
    W: free(1, 3, 'columns'),
    K: free(1, 3, 'channels'),
    M: free(1, 3, 'outputs'),
    D: derived(({ H, W, K }: Sizes) => H! * W! * K!, 'numbers of an image'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    weights: array('the weights of the layer', 'D', 'M'),
    bias: array('its biases', 'M'),
  },
  parameters: {},
}

export const flattenProperties = properties(
  flattenClause,
  agreement(flatten, 'integers', { kills: [channelsFirst, columnsFirst, mixesImages] }),
  agreement(flatten, 'reals', {
    title: 'cnn.flatten equals the reference to the bit on reals: it only moves',
    kills: [channelsFirst, columnsFirst, mixesImages],
  }),
  agreement(flattenGradient, 'integers', {
    name: 'gradient-exact',
    kills: [returnsColumnsFirst],
  }),
  agreementTwice(dense, { name: 'dense', kills: [forgetsBias, keepsBias, transposesWeights] }),
  law('round-trip', {
    of: flatten,
    asks: [flatten, flattenGradient],
    values: 'reals',
    title: 'the way back restores the image, to the bit',
    kills: [channelsFirst, columnsFirst, mixesImages, returnsColumnsFirst],
    async holds({ answer, arithmetic, array, inputs, sizes: { H, W, K } }) {
      const { y } = await answer(flatten, inputs, {})
      const dy = numbers(arithmetic, y)
      const { dx } = await answer(flattenGradient, { dy }, { image: [H, W, K] })
      return [{ label: 'x', expected: array('x'), actual: dx }]
    },
  }),
  law('dense-is-convolution', {
    of: imageAndLayer,
    asks: [flatten, dense, conv2d],
    title:
      'a dense layer after flattening is the convolution with filters of the size of the image',
    kills: [channelsFirst, columnsFirst, mixesImages, transposesWeights, forgetsBias],
    async holds({ answer, arithmetic, inputs, measure, sizes: { N, H, W, K, M } }) {
      const { x, weights, bias } = inputs
      const flat = await answer(flatten, { x }, {})
      const { y } = await measure(dense, { x: numbers(arithmetic, flat.y), weights, bias }, {})
      const filters = fromData([H, W, K, M], plain(weights).data)
      const convolved = await measure(conv2d, { x, filters, bias }, plainly)
      return [{ label: 'y', expected: fromData([N, M], convolved.y.data), actual: y }]
    },
  }),
)
