import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  dense as denseReference,
  flattenGradient as gradientReference,
  flatten as reference,
} from '../../../reference/cnn/flatten.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { dense, flatten, flattenClause, flattenGradient } from '../../../spec/cnn/flatten.ts'
import { array, derived, free, type Sizes } from '../../../spec/language/operation.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'

const wrongFlatten = faultsOf(flatten, reference)
const wrongFlattenGradient = faultsOf(flattenGradient, gradientReference)
const wrongDense = faultsOf(dense, denseReference)

const channelsFirst = wrongFlatten.answer(
  'writes channel by channel, as PyTorch does',
  ({ inputs: { x } }) => {
    const [N, H, W, K] = x.shape as [number, number, number, number]
    const y = build([N, H * W * K], (n, d) =>
      x.at(n, Math.floor(d / W) % H, d % W, Math.floor(d / (H * W))),
    )
    return { y }
  },
)

const columnsFirst = wrongFlatten.answer('writes column by column', ({ inputs: { x } }) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const y = build([N, H * W * K], (n, d) =>
    x.at(n, Math.floor(d / K) % H, Math.floor(d / (K * H)), d % K),
  )
  return { y }
})

const mixesImages = wrongFlatten.outputs('lets images change with every number', ({ y }) => {
  const [N, D] = y.shape as [number, number]
  return { y: build([N, D], (n, d) => y.data[d * N + n]!) }
})

const returnsColumnsFirst = wrongFlattenGradient.answer(
  'reads the gradient column by column',
  ({ inputs: { dy }, parameters: { image } }) => {
    const [H, W, K] = image as readonly [number, number, number]
    const dx = build([dy.shape[0]!, H, W, K], (n, i, j, k) => dy.at(n, (j * H + i) * K + k))
    return { dx }
  },
)

const forgetsBias = wrongDense.inputs('forgets the bias', ({ bias }) => ({
  bias: changed(bias, () => 0),
}))

const transposesWeights = wrongDense.inputs(
  'reads the weights as one row an output',
  ({ weights }) => {
    const [D, M] = weights.shape as [number, number]
    const transposed = build([D, M], (d, m) => weights.data[m * D + d]!)
    return { weights: transposed }
  },
)

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
  agreement(dense, 'integers', { name: 'dense-exact', kills: [forgetsBias, transposesWeights] }),
  agreement(dense, 'reals', { name: 'dense-bounded', kills: [forgetsBias, transposesWeights] }),
  law('round-trip', {
    of: flatten,
    asks: [flatten, flattenGradient],
    values: 'reals',
    title: 'the way back restores the image, to the bit',
    kills: [channelsFirst, columnsFirst, mixesImages, returnsColumnsFirst],
    async holds({ answer, arithmetic, array, inputs, sizes }) {
      const { y } = await answer(flatten, inputs, {})
      const { dx } = await answer(
        flattenGradient,
        { dy: fromData(y.shape, y.data.map(arithmetic.toNumber)) },
        { image: [sizes.H!, sizes.W!, sizes.K!] },
      )
      return [{ label: 'x', expected: array('x'), actual: dx }]
    },
  }),
  law('dense-is-convolution', {
    of: imageAndLayer,
    asks: [flatten, dense, conv2d],
    title:
      'a dense layer after flattening is the convolution with filters of the size of the image',
    kills: [channelsFirst, columnsFirst, mixesImages, transposesWeights, forgetsBias],
    async holds({ answer, arithmetic, inputs, measure, sizes }) {
      const { N, H, W, K, M } = sizes as Record<string, number>
      const { x, weights, bias } = inputs
      const { y } = await answer(flatten, { x }, {})
      const row = fromData(y.shape, y.data.map(arithmetic.toNumber))
      const answers = await measure(dense, { x: row, weights, bias }, {})
      const filters = fromData([H!, W!, K!, M!], Array.from(weights.data))
      const convolved = await measure(
        conv2d,
        { x, filters, bias },
        { strides: [1, 1], dilations: [1, 1], padding: 'valid' },
      )
      return [{ label: 'y', expected: fromData([N!, M!], convolved.y.data), actual: answers.y }]
    },
  }),
)
