import { fire, fireGradient, fireModule } from '../../../spec/efficient/fire.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, part } from '../../kit/arrays.ts'
import { degreeOne } from '../../kit/degree-one.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  expandsLinearly,
  gradientIgnoresSqueeze,
  gradientOfLargeOnly,
  gradientSwapsHalves,
  largeFirst,
  neverExpands,
  padsOnOneSide,
  squeezesLinearly,
} from './fire-faults.ts'

const one = tensor([1, 1, 1, 1], [1])
const none = tensor([1], [0])

export const fireProperties = properties(
  fireModule,
  worked('E-77', {
    of: fire,
    title: 'a module may give more channels than it is given',
    kills: [neverExpands],
    inputs: {
      x: one,
      squeeze: one,
      squeezeBias: none,
      expand1: one,
      expand1Bias: none,
      expand3: tensor([3, 3, 1, 1], new Array<number>(9).fill(1)),
      expand3Bias: none,
    },
    notes: { y: [1] },
    gives: { y: [1, 1] },
  }),
  agreement(fire, 'integers', {
    kills: [largeFirst, squeezesLinearly, expandsLinearly, padsOnOneSide],
  }),
  agreement(fire, 'reals', { kills: [largeFirst, expandsLinearly, padsOnOneSide] }),
  agreement(fireGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientOfLargeOnly, gradientSwapsHalves, gradientIgnoresSqueeze],
  }),
  agreement(fireGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientOfLargeOnly, gradientSwapsHalves],
  }),
  equivariance('halves-apart', {
    of: fire,
    values: 'reals',
    title: 'other 3 × 3 filters leave what the 1 × 1 filters give as it is, and it comes first',
    kills: [largeFirst],
    toTheBit: true,
    inputs: ({ expand3, expand3Bias }) => ({
      expand3: changed(expand3, (value) => 1 - value),
      expand3Bias: changed(expand3Bias, (value) => 1 - value),
    }),
    compared: ({ y }, { sizes }) => ({ y: part(y, y.shape.with(3, sizes.A!)) }),
  }),
  degreeOne('homogeneous', fire, fireGradient, {
    title: 'each layer is of degree one, so gradients times weights and biases give y times dy',
    kills: [gradientOfLargeOnly, gradientSwapsHalves, gradientIgnoresSqueeze],
    layers: [
      { weights: ['expand1', 'expand3'], biases: ['expand1Bias', 'expand3Bias'] },
      { weights: ['squeeze'], biases: ['squeezeBias'] },
      { weights: ['x'] },
    ],
  }),
)
