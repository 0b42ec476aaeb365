import { extent } from '../../../spec/cnn/window.ts'
import { tconv2d } from '../../../spec/gan/tconv.ts'
import { conventions, tconvPlacement } from '../../../spec/gan/tconv-conventions.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  exchangesWords,
  ignoresDilation,
  kerasAsPyTorch,
  kerasMoreOnSame,
  onnxWithoutMore,
  pytorchFirst,
  unsetIsUpper,
  validIsAll,
} from './tconv-conventions-faults.ts'

export const tconvConventionsProperties = properties(
  conventions,
  agreement(tconvPlacement, 'integers', {
    kills: [
      exchangesWords,
      unsetIsUpper,
      kerasAsPyTorch,
      pytorchFirst,
      onnxWithoutMore,
      validIsAll,
      kerasMoreOnSame,
      ignoresDilation,
    ],
  }),
  law('cut-out', {
    of: tconvPlacement,
    asks: [tconvPlacement, tconv2d],
    title:
      'the result has the size that is told, and begins where that says, of all that the kernel reaches',
    kills: [ignoresDilation],
    share: 0.5,
    async holds({ answer, arithmetic, exact, parameters }) {
      const { size: count, kernel, stride, dilation } = parameters
      const told = await answer(tconvPlacement, {}, parameters)
      const [size, before, after] = [told.size, told.before, told.after].map((n) =>
        arithmetic.toNumber(n.at()),
      ) as [number, number, number]
      const full = (count - 1) * stride + extent(kernel, dilation)
      const more = Math.max(0, -after)
      const sum = {
        label: 'size',
        expected: exact(scalar(full - before - after)),
        actual: told.size,
      }
      // Some sizes only a library has that adds zeros without end; they are no transposed convolutions.
      if (before < 0 || size < 1 || more >= Math.max(stride, dilation)) return [sum]
      const cut = {
        strides: [stride, 1],
        dilations: [dilation, 1],
        padding: [before, Math.max(0, after), 0, 0],
        outputPadding: [more, 0],
        groups: 1,
      } as const
      const ones = {
        z: filled([1, count, 1, 1], 1),
        filters: filled([kernel, 1, 1, 1], 1),
        bias: zeros([1]),
      }
      const { y } = await answer(tconv2d, ones, cut)
      return [sum, { label: 'rows', expected: exact(scalar(y.shape[1]!)), actual: told.size }]
    },
  }),
  worked('documents', {
    of: tconvPlacement,
    title: 'the same layer in the words of each library',
    kills: [exchangesWords, kerasAsPyTorch, pytorchFirst, validIsAll, unsetIsUpper],
    cases: [
      {
        says: 'PyTorch, kernel 3, stride 2, padding 1, output padding 1: 4 rows from row 1 on',
        parameters: {
          size: 2,
          kernel: 3,
          stride: 2,
          dilation: 1,
          call: { pytorch: { padding: 1, outputPadding: 1 } },
        },
        gives: { size: [4], before: [1], after: [0] },
      },
      {
        says: 'Keras, same: 4 rows from row 0 on',
        parameters: {
          size: 2,
          kernel: 3,
          stride: 2,
          dilation: 1,
          call: { keras: { padding: 'same' } },
        },
        gives: { size: [4], before: [0], after: [1] },
      },
      {
        says: 'ONNX, SAME_UPPER: as Keras',
        parameters: {
          size: 2,
          kernel: 3,
          stride: 2,
          dilation: 1,
          call: { onnx: { autoPad: 'SAME_UPPER', outputPadding: 0 } },
        },
        gives: { size: [4], before: [0], after: [1] },
      },
      {
        says: 'ONNX, SAME_LOWER: from row 1 on',
        parameters: {
          size: 2,
          kernel: 3,
          stride: 2,
          dilation: 1,
          call: { onnx: { autoPad: 'SAME_LOWER', outputPadding: 0 } },
        },
        gives: { size: [4], before: [1], after: [0] },
      },
      {
        says: 'ONNX, told the size and no word: as SAME_LOWER',
        parameters: {
          size: 2,
          kernel: 3,
          stride: 2,
          dilation: 1,
          call: { onnx: { outputShape: 4, autoPad: 'NOTSET', outputPadding: 0 } },
        },
        gives: { size: [4], before: [1], after: [0] },
      },
      {
        says: 'the example of the operator of ONNX: 3 rows, kernel 3, stride 3, pads 1 and 1 make 7',
        parameters: {
          size: 3,
          kernel: 3,
          stride: 3,
          dilation: 1,
          call: { onnx: { pads: [1, 1], outputPadding: 0 } },
        },
        gives: { size: [7], before: [1], after: [1] },
      },
      {
        says: 'Keras, valid, a stride beyond the kernel: 2 rows with stride 3 and kernel 1 make 6',
        parameters: {
          size: 2,
          kernel: 1,
          stride: 3,
          dilation: 1,
          call: { keras: { padding: 'valid' } },
        },
        gives: { size: [6], before: [0], after: [-2] },
      },
      {
        says: 'Keras, valid, a kernel of 2 that dilation makes reach further than the stride of 3: 7',
        parameters: {
          size: 2,
          kernel: 2,
          stride: 3,
          dilation: 3,
          call: { keras: { padding: 'valid' } },
        },
        gives: { size: [7], before: [0], after: [0] },
      },
      {
        says: 'Keras, same with output padding 1: one row more than (2 − 1)·2 + 1',
        parameters: {
          size: 2,
          kernel: 3,
          stride: 2,
          dilation: 1,
          call: { keras: { padding: 'same', outputPadding: 1 } },
        },
        gives: { size: [4], before: [0], after: [1] },
      },
    ],
  }),
)
