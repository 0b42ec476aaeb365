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
import { adjoint } from '../../kit/adjoint.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { law, lawTwice } from '../../kit/law.ts'
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
  plainly,
  pointDimensions,
  small,
  wholeDimensions,
  wholeParameters,
} from './conv2d-cases.ts'

const upstream = {
  ...small,
  inputs: { ...small.inputs, dy: array('any gradient', 'N', 'Ho', 'Wo', 'Q') },
} as const

const filterProperties = properties(
  filterGradient,
  agreementTwice(
    conv2dFilterGradient,
    { kills: [filterIgnoresDilation, filterTurns, filterOnePosition] },
    { kills: [filterAverages, filterIgnoresDilation] },
  ),
  agreement(conv2dFilterGradient, 'integers', {
    name: 'point',
    within: { dimensions: pointDimensions },
    title: 'a kernel of 1 × 1 has the gradient of a product of matrices',
    kills: [filterAverages, filterOnePosition],
    share: 0.2,
  }),
  agreement(conv2dFilterGradient, 'integers', {
    name: 'whole',
    within: { dimensions: wholeDimensions, parameters: wholeParameters },
    title: 'with a kernel as large as the image, every weight has one pixel',
    kills: [filterTurns],
    share: 0.1,
  }),
  lawTwice(
    'adjoint',
    {
      of: upstream,
      asks: [conv2d, conv2dFilterGradient],
      title: 'the response times any gradient is the filters times theirs',
      kills: [filterTurns, filterIgnoresDilation],
      share: 0.5,
      holds: adjoint(conv2d, conv2dFilterGradient, 'filters', { without: 'bias' }),
    },
    { kills: [filterTurns], share: 0.3 },
  ),
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
  agreementTwice(
    conv2dInputGradient,
    { kills: [inputForgetsTurn, inputIgnoresDilation, inputIgnoresPadding, inputSwapsStrides] },
    { kills: [inputFirstFilter, inputIgnoresDilation] },
  ),
  agreement(conv2dInputGradient, 'integers', {
    name: 'point',
    within: { dimensions: pointDimensions },
    title: 'behind a kernel of 1 × 1, pixels that the stride skips get 0',
    kills: [inputSwapsStrides, inputFirstFilter],
    share: 0.2,
  }),
  agreement(conv2dInputGradient, 'integers', {
    name: 'whole',
    within: { dimensions: wholeDimensions, parameters: wholeParameters },
    title: 'with a kernel as large as the image, every pixel has one weight a filter',
    kills: [inputForgetsTurn],
    share: 0.1,
  }),
  lawTwice(
    'adjoint',
    {
      of: upstream,
      asks: [conv2d, conv2dInputGradient],
      title: 'the response times any gradient is the image times its own',
      kills: [inputForgetsTurn, inputIgnoresPadding],
      share: 0.5,
      holds: adjoint(conv2d, conv2dInputGradient, 'x', { without: 'bias' }),
    },
    { kills: [inputForgetsTurn], share: 0.3 },
  ),
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
  agreementTwice(
    conv2dBiasGradient,
    { kills: [biasAverages, biasFirstImage, biasFirstRow] },
    { kills: [biasAverages, biasFirstImage] },
  ),
  law('adjoint', {
    of: upstream,
    asks: [conv2d, conv2dBiasGradient],
    title: 'the response to an image of zeros times any gradient is the bias times its own',
    kills: [biasAverages, biasFirstRow],
    share: 0.3,
    holds: adjoint(conv2d, conv2dBiasGradient, 'bias', { without: 'x' }),
  }),
)

export const backpropProperties = [...filterProperties, ...inputProperties, ...biasProperties]
