import { conv2d, forward } from '../../../spec/cnn/conv2d.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { plainly, pointDimensions } from './conv2d-cases.ts'
import {
  flipsKernel,
  forgetsBias,
  keepsBias,
  skipsFirstChannel,
  sumsOverImage,
  swapsStrides,
} from './conv2d-faults.ts'

const one = tensor([1, 1, 1, 1], [1])

export const conv2dProperties = properties(
  forward,
  agreementTwice(
    conv2d,
    { kills: [flipsKernel, swapsStrides] },
    { kills: [forgetsBias, keepsBias] },
  ),
  agreement(conv2d, 'reals', {
    name: 'point',
    within: { dimensions: pointDimensions },
    title: 'a kernel of 1 × 1 is a product of matrices at every pixel that the stride keeps',
    kills: [swapsStrides, skipsFirstChannel],
    share: 0.3,
  }),
  worked('E-01', {
    of: conv2d,
    title: 'the sums run over the kernel, not over the image',
    kills: [sumsOverImage],
    inputs: {
      x: tensor([1, 2, 2, 1], [1, 1, 1, 1]),
      filters: tensor([1, 1, 1, 1], [1]),
      bias: tensor([1], [0]),
    },
    parameters: plainly,
    notes: { y: [4, 2, 2, 1] },
    gives: { y: [1, 1, 1, 1] },
  }),
  worked('E-02', {
    of: conv2d,
    title: 'the constant term is a bias, not the output itself',
    kills: [forgetsBias],
    inputs: { x: one, filters: one, bias: tensor([1], [1]) },
    parameters: plainly,
    // y = y + 1 has no solution.
    notes: { y: [Number.NaN] },
    gives: { y: [2] },
  }),
  worked('E-03', {
    of: conv2d,
    title: 'channels count from 0',
    kills: [skipsFirstChannel],
    inputs: { x: one, filters: one, bias: tensor([1], [0]) },
    parameters: plainly,
    notes: { y: [0] },
    gives: { y: [1] },
  }),
)
