import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, ranged } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { codeRange, per, Scales } from './codes.ts'
import { integerOnly, onnxOperators } from './publications.ts'
import { dequantize, quantize } from './reduced-bits.ts'

/** The scale and the zero point with which the numbers of an array just have codes. */
export const affineScale = operation({
  id: 'quantization.affineScale',
  title: 'Scale and zero point of affine codes',
  level: 'core',
  dimensions: {
    N: free(1, 5, 'rows'),
    D: free(1, 6, 'columns, which are channels'),
    Scales,
  },
  inputs: { w: array('the numbers of an array', 'N', 'D') },
  parameters: {
    bits: integer({ min: 2, upTo: 16, max: 16 }),
    range: choice('signed', 'unsigned'),
    per,
  },
  usual: [
    { parameters: { bits: 8, range: 'unsigned', per: 'tensor' } },
    { parameters: { bits: 8, range: 'signed', per: 'channel' } },
    { parameters: { bits: 4, range: 'unsigned', per: 'channel' } },
    { sizes: { N: 300, D: 1 }, parameters: { bits: 8, range: 'unsigned', per: 'tensor' } },
  ],
  effort: () => 4,
  outputs: {
    scales: ranged([0, Number.MAX_VALUE], array('the size of a step', 'Scales')),
    zeroPoints: ranged(codeRange, array('the code of 0', 'Scales')),
  },
  classes: {
    'signed codes': ({ parameters }: CaseView) => parameters.range === 'signed',
    'unsigned codes': ({ parameters }: CaseView) => parameters.range === 'unsigned',
    'two bits': ({ parameters }: CaseView) => parameters.bits === 2,
    'eight bits': ({ parameters }: CaseView) => parameters.bits === 8,
    'one scale for all': ({ parameters }: CaseView) => parameters.per === 'tensor',
    'a scale a channel': ({ parameters, sizes }: CaseView) =>
      parameters.per === 'channel' && sizes.D! > 1,
    'all zeros': ({ inputs }: CaseView) => inputs.w!.data.every((w) => w === 0),
    'no number below 0': ({ inputs }: CaseView) =>
      inputs.w!.data.some((w) => w > 0) && inputs.w!.data.every((w) => w >= 0),
    'no number above 0': ({ inputs }: CaseView) =>
      inputs.w!.data.some((w) => w < 0) && inputs.w!.data.every((w) => w <= 0),
    'both signs': ({ inputs }: CaseView) =>
      inputs.w!.data.some((w) => w < 0) && inputs.w!.data.some((w) => w > 0),
  },
})

export const affineClause = clause({
  id: 'quantization.per-layer-scale.affine',
  title: 'Affine codes reach from the least to the largest number, and have one for 0',
  kind: 'formula',
  operations: [affineScale, quantize, dequantize],
  statement:
    'Where numbers are not spread about 0, symmetric codes are wasted on one side. Affine ones reach from the least number to the largest, 0 taken into the range: the scale is this range over the $2^b - 1$ steps between the codes, and the zero point is the code nearest to where 0 falls, so that 0 is represented exactly. The scale is never larger than that of symmetric codes of as many bits, but for what the one code more makes. Nothing is cut off by more than half a step. What multiplies all numbers by a positive number multiplies the scale, and leaves the zero point.',
  formula: String.raw`s = \frac{\max(0, w_{\max}) - \min(0, w_{\min})}{2^b - 1},\qquad z = \min\bigl(q_{\max}, \max\bigl(q_{\min}, \mathrm{round}(q_{\min} - \min(0, w_{\min}) / s)\bigr)\bigr)`,
  domain:
    'Finite numbers; 2 to 16 bits. A zero point that rounding may put on either side of a half is not judged, nor that of negative numbers so small that their scale is below the normal ones. Of zeros alone, the scale is 1 and the zero point the least code.',
  conventions: [
    {
      choice: 'The range has 0 in it.',
      others:
        'Without that, zeros of a padding or of rectified units have no code of their own, and are off.',
    },
    {
      choice: 'A zero point halfway between two codes goes to the even one.',
      others:
        'TensorFlow Lite takes the end of the range with the smaller error, and rounds away from zero.',
    },
    {
      choice: 'Zeros alone have the scale 1.',
      others: 'ONNX leaves a scale of 0, by which nothing can be divided.',
    },
  ],
  source: {
    notes: [[282, 282]],
    publications: [
      { ...onnxOperators, where: 'DynamicQuantizeLinear' },
      { ...integerOnly, where: 'sections 3 and 3.1, equations 12 and 13' },
    ],
  },
  errata: [],
})
