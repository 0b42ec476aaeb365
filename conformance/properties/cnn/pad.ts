import { plus } from '../../../reference/layers/addition.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { outputSize } from '../../../spec/cnn/output-size.ts'
import { padSameSize, padZero, zeroPad, zeroPadGradient } from '../../../spec/cnn/pad.ts'
import { array } from '../../../spec/language/operation.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { adjoint } from '../../kit/adjoint.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { numbers, row, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { padded, small } from './conv2d-cases.ts'
import { padsFirst, repeatsBorder } from './conv2d-faults.ts'
import { ignoresDilation, largerHalfFirst, paddingOnce } from './output-size-faults.ts'
import {
  answersNegative,
  cutsOtherAmounts,
  keepsCorner,
  padsOneSide,
  repeatsEdge,
  swapsAxes,
  swapsEnds,
} from './pad-faults.ts'

const withUpstream = {
  ...zeroPad,
  inputs: { ...zeroPad.inputs, dy: array('any gradient', 'N', 'Hp', 'Wp', 'K') },
} as const

const zeroProperties = properties(
  padZero,
  agreementTwice(
    zeroPad,
    { kills: [swapsAxes, swapsEnds, repeatsEdge] },
    { kills: [swapsEnds, repeatsEdge] },
  ),
  agreementTwice(
    zeroPadGradient,
    { name: 'gradient', kills: [keepsCorner, cutsOtherAmounts] },
    { kills: [keepsCorner] },
  ),
  law('padded-convolution', {
    of: padded,
    asks: [conv2d, zeroPad],
    title: 'a padded convolution is the convolution of the padded image, to the bit',
    kills: [swapsEnds, repeatsBorder],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, measure, parameters }) {
      const { padding } = parameters
      const inside = await measure(conv2d, inputs, parameters)
      const { y } = await answer(zeroPad, { x: inputs.x }, { padding })
      const x = numbers(arithmetic, y)
      const before = await measure(conv2d, { ...inputs, x }, { ...parameters, padding: 'valid' })
      return [{ label: 'the response', expected: before.y, actual: inside.y }]
    },
  }),
  law('cut-off', {
    of: withUpstream,
    asks: [zeroPad, zeroPadGradient],
    title: 'cutting the zeros off gives the image back, and is the adjoint of adding them',
    kills: [keepsCorner, swapsEnds],
    async holds(bench) {
      const { answer, arithmetic, array, inputs, parameters } = bench
      const { y } = await answer(zeroPad, { x: inputs.x }, parameters)
      const { dx } = await answer(zeroPadGradient, { dy: numbers(arithmetic, y) }, parameters)
      return [
        { label: 'the image', expected: array('x'), actual: dx },
        ...(await adjoint(zeroPad, zeroPadGradient, 'x')(bench)),
      ]
    },
  }),
  rejection('rejected', zeroPad, invalidities(zeroPad), {
    title: 'negative amounts, too few of them, and images of another rank are rejected',
    kills: [answersNegative],
    share: 0.3,
  }),
  worked('E-04', {
    of: zeroPad,
    title: 'padding adds on both sides',
    kills: [padsOneSide],
    inputs: { x: tensor([1, 1, 1, 1], [5]) },
    parameters: { padding: [1, 1, 1, 1] },
    notes: { y: [5, 0, 0, 0] },
    gives: { y: [0, 0, 0, 0, 5, 0, 0, 0, 0] },
  }),
)

const plainly = { strides: [1, 1], dilations: [1, 1] } as const
const column = (rows: number) => ({
  x: tensor([1, 3, 1, 1], [1, 2, 3]),
  filters: tensor([rows, 1, 1, 1], Array(rows).fill(1)),
  bias: tensor([1], [0]),
})

const sameSizeProperties = properties(
  padSameSize,
  law('exactly-if', {
    of: outputSize,
    title: 'at stride 1 the size grows by the zeros and shrinks by the extent less one',
    kills: [ignoresDilation, paddingOnce],
    async holds({ answer, arithmetic, exact, parameters }) {
      const { size, kernel, dilation, padding } = parameters
      const amounts = typeof padding === 'string' ? ([kernel, dilation] as const) : padding
      const lost = dilation * (kernel - 1)
      const large = { size: size + lost, kernel, dilation, stride: 1 }
      const given = await answer(outputSize, {}, { ...large, padding: amounts })
      const same = await answer(outputSize, {}, { ...large, padding: 'same' })
      return [
        {
          label: 'positions',
          expected: exact(scalar(large.size + amounts[0] + amounts[1] - lost)),
          actual: given.count,
        },
        { label: 'positions of `same`', expected: exact(scalar(large.size)), actual: same.count },
        {
          label: 'zeros that `same` adds',
          expected: exact(scalar(lost)),
          actual: plus(arithmetic, same.before, same.after),
        },
      ]
    },
  }),
  law('layer-keeps', {
    of: small,
    asks: [conv2d],
    title: 'zeros as many as the extent less one, the larger half behind, are what `same` adds',
    kills: [padsFirst],
    share: 0.5,
    async holds({ exact, inputs, measure, parameters, sizes }) {
      const { N, H, W, Q, Hf, Wf } = sizes
      const { dilations } = parameters
      const [lostH, lostW] = [dilations[0] * (Hf - 1), dilations[1] * (Wf - 1)]
      const around = [
        Math.floor(lostH / 2),
        Math.ceil(lostH / 2),
        Math.floor(lostW / 2),
        Math.ceil(lostW / 2),
      ] as const
      const dense = { dilations, strides: [1, 1] } as const
      const given = await measure(conv2d, inputs, { ...dense, padding: around })
      const same = await measure(conv2d, inputs, { ...dense, padding: 'same' })
      return [
        { label: 'the response', expected: given.y, actual: same.y },
        {
          label: 'its shape',
          expected: exact(row(N, H, W, Q)),
          actual: exact(row(...same.y.shape)),
        },
      ]
    },
  }),
  worked('kernels', {
    of: outputSize,
    title: 'a kernel of 3 needs 1 on each side; one of 4 needs 1 and 2',
    kills: [paddingOnce, largerHalfFirst],
    cases: [
      {
        says: '5 rows, padded to 7, stay 5',
        parameters: { size: 5, kernel: 3, stride: 1, dilation: 1, padding: [1, 1] },
        gives: { count: [5] },
      },
      {
        says: 'an even kernel: 2 on each side are too many',
        parameters: { size: 5, kernel: 4, stride: 1, dilation: 1, padding: [2, 2] },
        gives: { count: [6] },
      },
      {
        says: 'and 1 too few',
        parameters: { size: 5, kernel: 4, stride: 1, dilation: 1, padding: [1, 1] },
        gives: { count: [4] },
      },
      {
        says: '`same` adds one before and two after',
        parameters: { size: 5, kernel: 4, stride: 1, dilation: 1, padding: 'same' },
        gives: { before: [1], after: [2] },
      },
    ],
  }),
  worked('one-row-more', {
    of: conv2d,
    title: 'sums over the windows of a column, worked by hand',
    kills: [padsFirst],
    cases: [
      {
        says: 'three rows, kernel of three, padding 1: three rows',
        inputs: column(3),
        parameters: { ...plainly, padding: [1, 1, 0, 0] },
        gives: { y: [3, 6, 5] },
      },
      {
        says: 'three rows, kernel of two, `same`: the zero is at the bottom',
        inputs: column(2),
        parameters: { ...plainly, padding: 'same' },
        gives: { y: [3, 5, 3] },
      },
    ],
  }),
  worked('E-05', {
    of: conv2d,
    title: 'stride 1 and padding 1 give two rows more than a kernel of one row takes off',
    kills: [repeatsBorder],
    inputs: column(1),
    parameters: { ...plainly, padding: [1, 1, 0, 0] },
    // The notes leave the definition open.
    notes: { y: [Number.NaN] },
    gives: { y: [0, 1, 2, 3, 0] },
  }),
)

export const padProperties = [...zeroProperties, ...sameSizeProperties]
