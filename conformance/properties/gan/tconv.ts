import { build, sum } from '../../../reference/arithmetic/array.ts'
import { convolutionMatrix } from '../../../spec/gan/conv-as-matrix.ts'
import { gradients, matrixTranspose, tconv2d, tconv2dGradient } from '../../../spec/gan/tconv.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { degreeOne } from '../../kit/degree-one.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { convolutionOf, plainly, positionsOf, small } from './tconv-cases.ts'
import {
  appendsZeros,
  averagesOverlap,
  biasAverages,
  biasWhereReached,
  cutsNothing,
  cutsOtherSide,
  filterAverages,
  filterFirstGroup,
  filterTurned,
  firstChannelOnly,
  forgetsBias,
  ignoresDilation,
  inputEveryRow,
  inputTurned,
  interleavesGroups,
  keepsBias,
  morePaddingFirst,
  noBiasBehind,
  overwrites,
  seesAllGroups,
  swapsStrides,
  turnsFilter,
} from './tconv-faults.ts'

const row = (...numbers: number[]) => tensor([1, 1, numbers.length, 1], numbers)
const none = tensor([1], [0])

const forwardProperties = properties(
  matrixTranspose,
  agreementTwice(
    tconv2d,
    {
      kills: [
        turnsFilter,
        swapsStrides,
        ignoresDilation,
        cutsNothing,
        cutsOtherSide,
        morePaddingFirst,
        overwrites,
        averagesOverlap,
        appendsZeros,
        seesAllGroups,
        interleavesGroups,
        firstChannelOnly,
      ],
    },
    { kills: [forgetsBias, keepsBias, noBiasBehind] },
  ),
  law('matrix', {
    of: small,
    asks: [convolutionMatrix, tconv2d],
    title: 'the result is the transposed matrix of the convolution times the input, plus the bias',
    kills: [turnsFilter, cutsNothing, appendsZeros, seesAllGroups],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
      const { H, W, K, Ho, Wo, Q } = sizes
      const { filters } = inputs
      const { y } = await measure(tconv2d, inputs, parameters)
      const { matrix } = await measure(
        convolutionMatrix,
        { filters },
        { ...convolutionOf(parameters), imageSize: [H, W], groups: parameters.groups },
      )
      const [z, bias] = [array('z'), array('bias')]
      // The convolution may have more positions than the input, which counts as zero there.
      const [, across] = positionsOf(parameters, sizes)
      const expected = build(y.shape, (n, a, b, k) => {
        const product = sum(arithmetic, [Ho, Wo, Q], (i, j, q) =>
          arithmetic.multiply(
            matrix.at((i * across + j) * Q + q, (a * W + b) * K + k),
            z.at(n, i, j, q),
          ),
        )
        return arithmetic.add(bias.at(k), product)
      })
      return [{ label: 'Cᵀ z + b', expected, actual: y }]
    },
  }),
  worked('by-hand', {
    of: tconv2d,
    title: 'rows of a few pixels, worked by hand',
    kills: [turnsFilter, appendsZeros, noBiasBehind, overwrites],
    cases: [
      {
        says: 'z = (1, 10), F = (1, 2): (1, 2, 0) + 10 (0, 1, 2)',
        inputs: { z: row(1, 10), filters: tensor([1, 2, 1, 1], [1, 2]), bias: none },
        parameters: plainly,
        gives: { y: [1, 12, 20] },
      },
      {
        says: 'stride 2, F = (1, 2, 3): (1, 2, 3, 0, 0) + 10 (0, 0, 1, 2, 3), one cut off on both sides',
        inputs: { z: row(1, 10), filters: tensor([1, 3, 1, 1], [1, 2, 3]), bias: none },
        parameters: { ...plainly, strides: [1, 2], padding: [0, 0, 1, 1] },
        gives: { y: [2, 13, 20] },
      },
      {
        says: 'with an output padding of 1, what was cut off at the end stays',
        inputs: { z: row(1, 10), filters: tensor([1, 3, 1, 1], [1, 2, 3]), bias: none },
        parameters: { ...plainly, strides: [1, 2], padding: [0, 0, 1, 1], outputPadding: [0, 1] },
        gives: { y: [2, 13, 20, 30] },
      },
      {
        says: 'behind the kernel, the output padding has the bias alone',
        inputs: { z: row(1, 10), filters: tensor([1, 1, 1, 1], [1]), bias: tensor([1], [5]) },
        parameters: { ...plainly, strides: [1, 2], outputPadding: [0, 1] },
        gives: { y: [6, 5, 15, 5] },
      },
      {
        says: 'a dilation of 2: (1, 0, 2, 0) + 10 (0, 1, 0, 2)',
        inputs: { z: row(1, 10), filters: tensor([1, 2, 1, 1], [1, 2]), bias: none },
        parameters: { ...plainly, dilations: [1, 2] },
        gives: { y: [1, 10, 2, 20] },
      },
      {
        says: 'two groups of one channel each: channel 1 times (1, 2), channel 10 times (3, 4)',
        inputs: {
          z: tensor([1, 1, 1, 2], [1, 10]),
          filters: tensor([1, 2, 1, 2], [1, 3, 2, 4]),
          bias: tensor([2], [0, 0]),
        },
        parameters: { ...plainly, groups: 2 },
        gives: { y: [1, 30, 2, 40] },
      },
    ],
  }),
)

const gradientProperties = properties(
  gradients,
  agreementTwice(
    tconv2dGradient,
    {
      kills: [
        inputTurned,
        inputEveryRow,
        filterTurned,
        filterAverages,
        filterFirstGroup,
        biasWhereReached,
        biasAverages,
      ],
    },
    { kills: [inputTurned, filterAverages, biasAverages] },
  ),
  degreeOne('degree-one', tconv2d, tconv2dGradient, {
    title:
      'filters and biases times their gradients are the result times its own, as is the input without biases',
    kills: [inputTurned, filterTurned, biasWhereReached],
    share: 0.5,
    layers: [{ weights: ['filters'], biases: ['bias'] }, { weights: ['z'] }],
  }),
  worked('gradients-by-hand', {
    of: tconv2dGradient,
    title: 'the gradients of a row of pixels, worked by hand',
    kills: [inputTurned, filterTurned, biasWhereReached],
    cases: [
      {
        says: 'z = (1, 10), F = (1, 2), dy = (1, 3, 5): dz = 1·1 + 2·3, 1·3 + 2·5; dF = 1·1 + 10·3, 1·3 + 10·5',
        inputs: {
          z: row(1, 10),
          filters: tensor([1, 2, 1, 1], [1, 2]),
          bias: none,
          dy: row(1, 3, 5),
        },
        parameters: plainly,
        gives: { dz: [7, 13], dFilters: [31, 53], dBias: [9] },
      },
      {
        says: 'F = (2), stride 2, one more at the end: only the bias hears of what arrives there',
        inputs: {
          z: row(1, 10),
          filters: tensor([1, 1, 1, 1], [2]),
          bias: none,
          dy: row(1, 3, 5, 7),
        },
        parameters: { ...plainly, strides: [1, 2], outputPadding: [0, 1] },
        gives: { dz: [2, 10], dFilters: [51], dBias: [16] },
      },
    ],
  }),
)

export const tconvProperties = [...forwardProperties, ...gradientProperties]
