import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  biasGradient,
  conv2dBiasGradient,
  conv2dFilterGradient,
  conv2dInputGradient,
  filterGradient,
  inputGradient,
} from '../../../spec/cnn/backprop.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { array } from '../../../spec/language/operation.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  biasAverages,
  biasFirstImage,
  biasFirstRow,
  filterAverages,
  filterIgnoresDilation,
  filterOnePosition,
  filterTurns,
  inputFirstFilter,
  inputForgetsTurn,
  inputIgnoresDilation,
  inputIgnoresPadding,
  inputSwapsStrides,
} from './backprop-faults.ts'
import {
  agreementOn,
  pointDimensions,
  small,
  wholeDimensions,
  wholeParameters,
  zeros,
} from './conv2d-cases.ts'

const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

const upstream = {
  dimensions: small.dimensions,
  parameters: small.parameters,
  inputs: {
    x: small.inputs.x,
    filters: small.inputs.filters,
    bias: small.inputs.bias,
    dy: array('any gradient', 'N', 'Ho', 'Wo', 'Q'),
  },
} as const

/** The inner product of two arrays, as an array without axes. */
function inner<T>(
  { arithmetic }: Pick<Bench<T, typeof upstream>, 'arithmetic'>,
  a: NumberArray<T>,
  b: NumberArray<T>,
) {
  const terms = a.data.map((value, i) => arithmetic.multiply(value, b.data[i]!))
  return build([], () => arithmetic.total(terms))
}

async function response<T>({ inputs, parameters, measure }: Bench<T, typeof upstream>) {
  const { x, filters, bias } = inputs
  return (await measure(conv2d, { x, filters, bias: zeros(bias.shape) }, parameters)).y
}

/** ⟨C(x), δ⟩ = ⟨F, dF⟩, the response without a bias. */
async function adjointByFilters<T>(bench: Bench<T, typeof upstream>) {
  const { inputs, parameters, sizes } = bench
  const y = await response(bench)
  const { dFilters } = await bench.measure(
    conv2dFilterGradient,
    { x: inputs.x, dy: inputs.dy },
    { ...parameters, kernelSize: [sizes.Hf!, sizes.Wf!] },
  )
  const expected = inner(bench, y, bench.array('dy'))
  return [{ label: '⟨F, dF⟩', expected, actual: inner(bench, bench.array('filters'), dFilters) }]
}

/** ⟨C(x), δ⟩ = ⟨x, dx⟩, the response without a bias. */
async function adjointByImages<T>(bench: Bench<T, typeof upstream>) {
  const { inputs, parameters, sizes } = bench
  const y = await response(bench)
  const { dx } = await bench.measure(
    conv2dInputGradient,
    { filters: inputs.filters, dy: inputs.dy },
    { ...parameters, imageSize: [sizes.H!, sizes.W!] },
  )
  const expected = inner(bench, y, bench.array('dy'))
  return [{ label: '⟨x, dx⟩', expected, actual: inner(bench, bench.array('x'), dx) }]
}

const filterProperties = properties(
  filterGradient,
  agreement(conv2dFilterGradient, 'integers', {
    kills: [filterIgnoresDilation, filterTurns, filterOnePosition],
  }),
  agreement(conv2dFilterGradient, 'reals', { kills: [filterAverages, filterIgnoresDilation] }),
  agreementOn(
    'point',
    { ...conv2dFilterGradient, dimensions: pointDimensions },
    conv2dFilterGradient,
    'integers',
    {
      title: 'a kernel of 1 × 1 has the gradient of a product of matrices',
      kills: [filterAverages, filterOnePosition],
      share: 0.2,
    },
  ),
  agreementOn(
    'whole',
    {
      ...conv2dFilterGradient,
      dimensions: wholeDimensions,
      parameters: { ...conv2dFilterGradient.parameters, ...wholeParameters },
    },
    conv2dFilterGradient,
    'integers',
    {
      title: 'with a kernel as large as the image, every weight has one pixel',
      kills: [filterTurns],
      share: 0.1,
    },
  ),
  law('adjoint', {
    of: upstream,
    asks: [conv2d, conv2dFilterGradient],
    title: 'the response times any gradient is the filters times theirs, to the bit',
    kills: [filterTurns, filterIgnoresDilation],
    share: 0.5,
    holds: adjointByFilters,
  }),
  law('adjoint-bounded', {
    of: upstream,
    asks: [conv2d, conv2dFilterGradient],
    values: 'reals',
    title: 'the response times any gradient is the filters times theirs, within the bound',
    kills: [filterTurns],
    share: 0.3,
    holds: adjointByFilters,
  }),
  worked('by-hand', {
    of: conv2dFilterGradient,
    title: 'the gradients of two taps, worked by hand',
    kills: [filterTurns],
    cases: [
      {
        says: 'x = (1, 2, 3), dy = (1, 10), kernel of two: 1·1 + 2·10 and 2·1 + 3·10',
        inputs: { x: tensor([1, 1, 3, 1], [1, 2, 3]), dy: tensor([1, 1, 2, 1], [1, 10]) },
        parameters: { ...plainly, kernelSize: [1, 2] },
        gives: { dFilters: [21, 32] },
      },
      {
        says: 'x = (1, 2, 3, 4, 5), dy = (1, 10), dilation 2, stride 2: 1·1 + 3·10 and 3·1 + 5·10',
        inputs: { x: tensor([1, 1, 5, 1], [1, 2, 3, 4, 5]), dy: tensor([1, 1, 2, 1], [1, 10]) },
        parameters: { strides: [1, 2], dilations: [1, 2], padding: 'valid', kernelSize: [1, 2] },
        gives: { dFilters: [31, 53] },
      },
    ],
  }),
)

const inputProperties = properties(
  inputGradient,
  agreement(conv2dInputGradient, 'integers', {
    kills: [inputForgetsTurn, inputIgnoresDilation, inputIgnoresPadding, inputSwapsStrides],
  }),
  agreement(conv2dInputGradient, 'reals', { kills: [inputFirstFilter, inputIgnoresDilation] }),
  agreementOn(
    'point',
    { ...conv2dInputGradient, dimensions: pointDimensions },
    conv2dInputGradient,
    'integers',
    {
      title: 'behind a kernel of 1 × 1, pixels that the stride skips get 0',
      kills: [inputSwapsStrides, inputFirstFilter],
      share: 0.2,
    },
  ),
  agreementOn(
    'whole',
    {
      ...conv2dInputGradient,
      dimensions: wholeDimensions,
      parameters: { ...conv2dInputGradient.parameters, ...wholeParameters },
    },
    conv2dInputGradient,
    'integers',
    {
      title: 'with a kernel as large as the image, every pixel has one weight a filter',
      kills: [inputForgetsTurn],
      share: 0.1,
    },
  ),
  law('adjoint', {
    of: upstream,
    asks: [conv2d, conv2dInputGradient],
    title: 'the response times any gradient is the image times its own, to the bit',
    kills: [inputForgetsTurn, inputIgnoresPadding],
    share: 0.5,
    holds: adjointByImages,
  }),
  law('adjoint-bounded', {
    of: upstream,
    asks: [conv2d, conv2dInputGradient],
    values: 'reals',
    title: 'the response times any gradient is the image times its own, within the bound',
    kills: [inputForgetsTurn],
    share: 0.3,
    holds: adjointByImages,
  }),
  worked('by-hand', {
    of: conv2dInputGradient,
    title: 'the gradients of a row of pixels, worked by hand',
    kills: [inputForgetsTurn],
    cases: [
      {
        says: 'F = (1, 2), dy = (1, 10), three pixels: 1·1, 2·1 + 1·10, 2·10',
        inputs: { filters: tensor([1, 2, 1, 1], [1, 2]), dy: tensor([1, 1, 2, 1], [1, 10]) },
        parameters: { ...plainly, imageSize: [1, 3] },
        gives: { dx: [1, 12, 20] },
      },
      {
        says: 'the same with stride 2 on five pixels: the last is not seen',
        inputs: { filters: tensor([1, 2, 1, 1], [1, 2]), dy: tensor([1, 1, 2, 1], [1, 10]) },
        parameters: { ...plainly, strides: [1, 2], imageSize: [1, 5] },
        gives: { dx: [1, 2, 10, 20, 0] },
      },
    ],
  }),
)

const biasProperties = properties(
  biasGradient,
  agreement(conv2dBiasGradient, 'integers', {
    kills: [biasAverages, biasFirstImage, biasFirstRow],
  }),
  agreement(conv2dBiasGradient, 'reals', { kills: [biasAverages, biasFirstImage] }),
  law('adjoint', {
    of: upstream,
    asks: [conv2d, conv2dBiasGradient],
    title: 'the response to an image of zeros times any gradient is the bias times its own',
    kills: [biasAverages, biasFirstRow],
    share: 0.3,
    async holds(bench) {
      const { inputs, parameters } = bench
      const { filters, bias, dy } = inputs
      const x = zeros(inputs.x.shape)
      const { y } = await bench.measure(conv2d, { x, filters, bias }, parameters)
      const { dBias } = await bench.measure(conv2dBiasGradient, { dy }, {})
      const expected = inner(bench, y, bench.array('dy'))
      return [{ label: '⟨b, db⟩', expected, actual: inner(bench, bench.array('bias'), dBias) }]
    },
  }),
)

export const backpropProperties = [...filterProperties, ...inputProperties, ...biasProperties]
