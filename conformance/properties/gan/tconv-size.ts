import { outputSize } from '../../../spec/cnn/output-size.ts'
import { tconv2d } from '../../../spec/gan/tconv.ts'
import { size, tconvOutputSize } from '../../../spec/gan/tconv-size.ts'
import { agreement } from '../../kit/agreement.ts'
import { row, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import { small } from './tconv-cases.ts'
import {
  asConvolution,
  forgetsOutputPadding,
  ignoresDilation,
  paddingOnce,
  stepsOnceMore,
} from './tconv-size-faults.ts'

const bare = { stride: 1, dilation: 1, padding: [0, 0], outputPadding: 0 } as const

export const tconvSizeProperties = properties(
  size,
  agreement(tconvOutputSize, 'integers', {
    kills: [stepsOnceMore, paddingOnce, ignoresDilation, forgetsOutputPadding, asConvolution],
  }),
  law('there-and-back', {
    of: tconvOutputSize,
    asks: [tconvOutputSize, outputSize],
    title:
      'the convolution has as many positions on the result as the input has rows, and one more for each stride of output padding',
    kills: [paddingOnce, ignoresDilation, asConvolution],
    async holds({ answer, arithmetic, exact, parameters }) {
      const { outputPadding, size: count, ...windows } = parameters
      const result = await answer(tconvOutputSize, {}, parameters)
      const length = arithmetic.toNumber(result.size.at())
      const { kernel, dilation, padding } = windows
      const fits = length + padding[0]! + padding[1]! > dilation * (kernel - 1)
      if (!fits) {
        const label = 'whether a window of the convolution fits'
        return [{ label, expected: exact(scalar(1)), actual: exact(scalar(0)) }]
      }
      const back = await answer(outputSize, {}, { ...windows, size: length })
      const expected = count + Math.floor(outputPadding / parameters.stride)
      return [{ label: 'positions', expected: exact(scalar(expected)), actual: back.count }]
    },
  }),
  law('layer', {
    of: small,
    asks: [tconvOutputSize, tconv2d],
    title: 'the result of a layer has as many rows and columns as are counted',
    kills: [stepsOnceMore, paddingOnce, forgetsOutputPadding],
    share: 0.4,
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { Hf, Wf, Ho, Wo } = sizes
      const { strides, dilations, padding, outputPadding } = parameters
      const { y } = await answer(tconv2d, inputs, parameters)
      const counted = async (axis: 0 | 1) => {
        const given = {
          size: [Ho, Wo][axis],
          kernel: [Hf, Wf][axis],
          stride: strides[axis],
          dilation: dilations[axis],
          padding: [padding[2 * axis], padding[2 * axis + 1]] as const,
          outputPadding: outputPadding[axis],
        }
        return (await answer(tconvOutputSize, {}, given)).size.at()
      }
      return [
        {
          label: 'rows and columns',
          expected: exact(row(...y.shape.slice(1, 3))),
          actual: row(await counted(0), await counted(1)),
        },
      ]
    },
  }),
  worked('sizes', {
    of: tconvOutputSize,
    title: 'the sizes of the notes, of Dumoulin and Visin, and of DCGAN',
    kills: [stepsOnceMore, asConvolution, forgetsOutputPadding],
    cases: [
      {
        says: '2 × 2 and a kernel of 3 × 3 make 4 × 4',
        parameters: { ...bare, size: 2, kernel: 3 },
        gives: { size: [4] },
      },
      {
        says: 'Dumoulin and Visin, figure 4.6: 3 × 3 with padding and stride 2 make 5 × 5',
        parameters: { ...bare, size: 3, kernel: 3, stride: 2, padding: [1, 1] },
        gives: { size: [5] },
      },
      {
        says: 'figure 4.7: and 6 × 6 with one row and column more',
        parameters: { ...bare, size: 3, kernel: 3, stride: 2, padding: [1, 1], outputPadding: 1 },
        gives: { size: [6] },
      },
      {
        says: 'a kernel of 5 with stride 2 doubles 4 rows',
        parameters: { ...bare, size: 4, kernel: 5, stride: 2, padding: [2, 2], outputPadding: 1 },
        gives: { size: [8] },
      },
    ],
  }),
)
