import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  positive,
  ranged,
  whole,
} from '../language/operation.ts'
import { codeParameters, codeRange, narrowHasTwoBits, per, Scales, usualCodes } from './codes.ts'
import { integerOnly, onnxOperators, whitePaper } from './publications.ts'

const dimensions = {
  N: free(1, 5, 'samples'),
  D: free(1, 6, 'columns, which are channels'),
  Scales,
}

const parametersOfCodes = { ...codeParameters, per }

const classes = {
  'signed codes': ({ parameters }: CaseView) => parameters.range === 'signed',
  'unsigned codes': ({ parameters }: CaseView) => parameters.range === 'unsigned',
  'narrow codes': ({ parameters }: CaseView) => parameters.range === 'narrow',
  'one bit': ({ parameters }: CaseView) => parameters.bits === 1,
  'two bits': ({ parameters }: CaseView) => parameters.bits === 2,
  'eight bits': ({ parameters }: CaseView) => parameters.bits === 8,
  'sixteen bits': ({ parameters }: CaseView) => parameters.bits === 16,
  'one scale for all': ({ parameters }: CaseView) => parameters.per === 'tensor',
  'a scale a channel': ({ parameters, sizes }: CaseView) =>
    parameters.per === 'channel' && sizes.D! > 1,
  'zero point not 0': ({ inputs }: CaseView) => inputs.zeroPoints!.data.some((z) => z !== 0),
}

/** What happens to some number before it is rounded: how many steps it is, and where its code would be. */
function anyCode({ inputs, sizes }: CaseView, is: (steps: number, code: number) => boolean) {
  const { x, scales, zeroPoints } = inputs
  return Array.from(x!.data).some((value, i) => {
    const channel = sizes.Scales === 1 ? 0 : i % sizes.D!
    const steps = value / scales!.data[channel]!
    return is(steps, steps + zeroPoints!.data[channel]!)
  })
}

/** Numbers as whole multiples of a scale, counted from a zero point. */
export const quantize = operation({
  id: 'quantization.quantize',
  title: 'Quantization to whole numbers',
  level: 'core',
  dimensions,
  inputs: {
    x: array('the numbers', 'N', 'D'),
    scales: positive('the size of a step', 'Scales'),
    zeroPoints: whole(codeRange, 'the code of 0', 'Scales'),
  },
  parameters: parametersOfCodes,
  constraints: [narrowHasTwoBits],
  usual: usualCodes,
  outputs: { codes: ranged(codeRange, array('their codes', 'N', 'D')) },
  classes: {
    ...classes,
    'halfway between two codes': (the: CaseView) =>
      anyCode(the, (steps) => Math.abs(steps) < 2 ** 15 && Math.abs(steps % 1) === 0.5),
    'above the largest code': (the: CaseView) =>
      anyCode(the, (_, code) => code > codeRange(the.parameters)[1] + 1),
    'below the least code': (the: CaseView) =>
      anyCode(the, (_, code) => code < codeRange(the.parameters)[0] - 1),
  },
})

/** The numbers that codes stand for. */
export const dequantize = operation({
  id: 'quantization.dequantize',
  title: 'The numbers that codes stand for',
  level: 'core',
  dimensions,
  inputs: {
    codes: whole(codeRange, 'the codes', 'N', 'D'),
    scales: positive('the size of a step', 'Scales'),
    zeroPoints: whole(codeRange, 'the code of 0', 'Scales'),
  },
  parameters: parametersOfCodes,
  constraints: [narrowHasTwoBits],
  usual: usualCodes,
  outputs: { x: array('the numbers', 'N', 'D') },
  classes: {
    ...classes,
    'codes apart by more than a range of one sign': ({ inputs, parameters }: CaseView) => {
      const [, high] = codeRange(parameters)
      const zero = inputs.zeroPoints!.data[0]!
      return inputs.codes!.data[0]! - zero > high || zero - inputs.codes!.data[0]! > high
    },
  },
})

const ties = {
  choice:
    'A number halfway between two codes goes to the one that is even before the zero point is added.',
  others:
    'Halfway cases go away from zero in C (`round`) and in the fixed-point kernels of TensorFlow Lite, and up in code that adds a half and cuts off; adding the zero point before rounding makes the sum even instead.',
} as const

export const quantizing = clause({
  id: 'quantization.reduced-bits.quantize',
  title: 'A quantizer rounds to the nearest multiple of its scale, within its codes',
  kind: 'formula',
  operations: [quantize],
  statement:
    'A number is divided by its scale $s$, rounded to the nearest whole number and moved by the zero point $z$; what is then outside of the codes becomes the nearest end. With $b$ bits there are at most $2^b$ different codes. Larger numbers never get smaller codes, 0 gets the code $z$, and where the zero point is 0 and the codes are symmetric, $-x$ gets the opposite of the code of $x$.',
  formula: String.raw`q_{nd} = \min\bigl(q_{\max}, \max\bigl(q_{\min}, \mathrm{round}(x_{nd} / s_d) + z_d\bigr)\bigr),\qquad (q_{\min}, q_{\max}) = \begin{cases} (-2^{b-1}, 2^{b-1} - 1) & \text{signed} \\ (0, 2^b - 1) & \text{unsigned} \\ (1 - 2^{b-1}, 2^{b-1} - 1) & \text{narrow} \end{cases}`,
  domain:
    'Finite numbers; scales above 0, zero points that are codes; 1 to 16 bits, of a narrow range at least 2. A quotient that rounding may put on either side of a half is not judged, unless the scale is a power of two, by which division is exact.',
  conventions: [
    ties,
    {
      choice: 'What is outside of the range becomes its nearest end.',
      others: 'A conversion to an integer of a machine wraps around, or is undefined.',
    },
    {
      choice: 'The least signed code is in use unless a narrow range is asked for.',
      others: 'Weights are often kept to the narrow range, as in TensorFlow Lite.',
    },
    {
      choice: 'Channels are columns, the last axis.',
      others: 'ONNX and PyTorch take an axis, 1 and 0 unless told otherwise.',
    },
  ],
  source: {
    notes: [[276, 276]],
    publications: [
      { ...integerOnly, where: 'equation 1 and section 3' },
      { ...onnxOperators, where: 'QuantizeLinear' },
    ],
  },
  errata: [],
})

export const dequantizing = clause({
  id: 'quantization.reduced-bits.dequantize',
  title: 'A code stands for a multiple of the scale, and is off by at most half of one',
  kind: 'formula',
  operations: [dequantize, quantize],
  statement:
    'A code stands for its distance from the zero point, times the scale. Each such number gets its own code again, and 0 is among them. A number between the least and the largest one is off by at most half a scale, so that a scale that is twice as large reaches twice as far and may be twice as far off; beyond them, it becomes the nearest one.',
  formula: String.raw`\hat x_{nd} = s_d (q_{nd} - z_d),\qquad |\hat x - x| \le \tfrac{1}{2} s \ \text{ for }\ s (q_{\min} - z) \le x \le s (q_{\max} - z)`,
  domain: 'Codes within their range; scales above 0.',
  conventions: [
    {
      choice:
        'The difference of code and zero point is a whole number of more bits, and does not wrap around.',
      others: 'In bytes, 127 − (−128) would be −1.',
    },
  ],
  source: {
    notes: [
      [276, 276],
      [282, 282],
    ],
    publications: [
      { ...integerOnly, where: 'equation 1' },
      { ...whitePaper, where: 'section 2.2' },
    ],
  },
  errata: [],
})
