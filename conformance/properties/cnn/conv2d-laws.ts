import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { plus } from '../../../reference/layers/addition.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { filterBank, linearity, strideSubsample } from '../../../spec/cnn/conv2d-laws.ts'
import { array, bits, free } from '../../../spec/language/operation.ts'
import type { Argument } from '../../engine/property.ts'
import { changed, joined, plain, zeros } from '../../kit/arrays.ts'
import { equivarianceTwice } from '../../kit/equivariance.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { padded, small, smallDimensions } from './conv2d-cases.ts'
import {
  biasPerChannel,
  forgetsBias,
  rectifies,
  reversesFilters,
  startsLate,
  swapsStrides,
  usesFirstBias,
} from './conv2d-faults.ts'

const masked = {
  ...small,
  inputs: {
    ...small.inputs,
    pixels: bits('which pixels belong to the first part', 'N', 'H', 'W', 'K'),
    weights: bits('which weights belong to the first part', 'Hf', 'Wf', 'K', 'Q'),
  },
} as const

/** Both parts of an array: where a mask has ones, and where it has zeros; exact in every precision. */
function split(values: Argument, mask: Argument) {
  const part = (wanted: number) =>
    changed(values, (value, at) => (mask.data[at] === wanted ? value : 0))
  return [part(1), part(0)] as const
}

const linearityProperties = properties(
  linearity,
  lawTwice(
    'sums',
    {
      of: masked,
      asks: [conv2d],
      title: 'sums and factors of images and filters are those of the responses',
      kills: [rectifies],
      share: 0.5,
      async holds({ arithmetic, inputs, measure, parameters }) {
        const { x, filters } = inputs
        const bias = zeros(inputs.bias.shape)
        const ask = async (x: Argument, filters: Argument) =>
          (await measure(conv2d, { x, filters, bias }, parameters)).y
        const [x1, x2] = split(x, inputs.pixels)
        const [filters1, filters2] = split(filters, inputs.weights)

        const y = await ask(x, filters)
        const ofImages = plus(arithmetic, await ask(x1, filters), await ask(x2, filters))
        const ofFilters = plus(arithmetic, await ask(x, filters1), await ask(x, filters2))
        const { exact, multiply } = arithmetic
        return [
          { label: 'C(x₁ + x₂) = C(x₁) + C(x₂)', expected: ofImages, actual: y },
          { label: 'the same of a sum of filters', expected: ofFilters, actual: y },
          {
            label: 'C(−4x) = −4 C(x)',
            expected: elementwise(y, (value) => multiply(exact(-4), value)),
            actual: await ask(
              changed(x, (value) => -4 * value),
              filters,
            ),
          },
        ]
      },
    },
    { share: 0.3 },
  ),
  law('affine', {
    of: small,
    asks: [conv2d],
    title: 'the response to an image of zeros is the bias',
    kills: [forgetsBias, biasPerChannel],
    share: 0.5,
    async holds({ array, inputs, measure, parameters }) {
      const { y } = await measure(conv2d, { ...inputs, x: zeros(inputs.x.shape) }, parameters)
      const b = array('bias')
      return [
        { label: 'C(0) = b', expected: build(y.shape, (_n, _i, _j, q) => b.at(q)), actual: y },
      ]
    },
  }),
)

const twoBanks = {
  ...small,
  dimensions: { ...smallDimensions, R: free(1, 2, 'filters of the second bank') },
  inputs: {
    ...small.inputs,
    filters2: array('the second bank', 'Hf', 'Wf', 'K', 'R'),
    bias2: array('its biases', 'R'),
  },
} as const

const filterBankProperties = properties(
  filterBank,
  lawTwice('side-by-side', {
    of: twoBanks,
    asks: [conv2d],
    title: 'two banks made one give both responses side by side',
    kills: [usesFirstBias, reversesFilters],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const { x, filters, bias, filters2, bias2 } = inputs
      const ask = async (filters: Argument, bias: Argument) =>
        (await measure(conv2d, { x, filters, bias }, parameters)).y
      const both = await ask(
        joined(3, plain(filters), plain(filters2)),
        joined(0, plain(bias), plain(bias2)),
      )
      const expected = joined(3, await ask(filters, bias), await ask(filters2, bias2))
      return [{ label: 'the responses side by side', expected, actual: both }]
    },
  }),
)

const strideProperties = properties(
  strideSubsample,
  equivarianceTwice('every-nth', {
    of: conv2d,
    within: padded,
    always: { strides: [1, 1] },
    title: 'a stride keeps every S-th response of stride 1',
    kills: [startsLate, swapsStrides],
    share: 0.5,
    parameters: (_, { parameters }) => ({ strides: parameters.strides }),
    outputs: ({ y }, { parameters: { strides }, sizes: { N, Ho, Wo, Q } }) => ({
      y: build([N, Ho, Wo, Q], (n, i, j, q) => y.at(n, strides[0] * i, strides[1] * j, q)),
    }),
  }),
)

export const conv2dLawsProperties = [
  ...linearityProperties,
  ...filterBankProperties,
  ...strideProperties,
]
