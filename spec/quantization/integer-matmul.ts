import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  positive,
  ranged,
  type Sizes,
  type Usual,
  whole,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { codeRange, per } from './codes.ts'
import { integerOnly, onnxOperators } from './publications.ts'

const dimensions = {
  N: free(1, 5, 'samples'),
  D: free(1, 8, 'units below, which are summed over'),
  M: free(1, 5, 'units, a channel each'),
  Scales: derived(
    ({ M }: Sizes, parameters: Parameters) => (parameters.per === 'tensor' ? 1 : M!),
    'one for all weights, or one a unit',
  ),
}

const range = choice('signed', 'unsigned')
const bits = integer({ min: 1, upTo: 8, max: 8 })

const rangeOfA = ({ bits, rangeA }: Parameters) => codeRange({ bits, range: rangeA })
const rangeOfB = ({ bits, rangeB }: Parameters) => codeRange({ bits, range: rangeB })
const rangeOfY = ({ bits, rangeY }: Parameters) => codeRange({ bits, range: rangeY })

const factors = {
  a: whole(rangeOfA, 'the codes of the samples', 'N', 'D'),
  b: whole(rangeOfB, 'the codes of the weights', 'D', 'M'),
  zeroA: whole(rangeOfA, 'the code of 0 in the samples'),
  zerosB: whole(rangeOfB, 'the code of 0 in the weights', 'Scales'),
}

const classes = {
  'signed by signed': ({ parameters: { rangeA, rangeB } }: CaseView) =>
    rangeA === 'signed' && rangeB === 'signed',
  'unsigned by signed': ({ parameters: { rangeA, rangeB } }: CaseView) =>
    rangeA === 'unsigned' && rangeB === 'signed',
  'signed by unsigned': ({ parameters: { rangeA, rangeB } }: CaseView) =>
    rangeA === 'signed' && rangeB === 'unsigned',
  'unsigned by unsigned': ({ parameters: { rangeA, rangeB } }: CaseView) =>
    rangeA === 'unsigned' && rangeB === 'unsigned',
  'one bit': ({ parameters }: CaseView) => parameters.bits === 1,
  'eight bits': ({ parameters }: CaseView) => parameters.bits === 8,
  'one zero point for all weights': ({ parameters }: CaseView) => parameters.per === 'tensor',
  'a zero point a unit': ({ parameters, sizes }: CaseView) =>
    parameters.per === 'channel' && sizes.M! > 1,
  'zero point of the samples alone': ({ inputs: { zeroA, zerosB } }: CaseView) =>
    zeroA!.data[0] !== 0 && zerosB!.data.every((z) => z === 0),
  'both zero points': ({ inputs: { zeroA, zerosB } }: CaseView) =>
    zeroA!.data[0] !== 0 && zerosB!.data.some((z) => z !== 0),
}

const sizes = { N: 4, D: 32, M: 4 }
const usual: readonly Usual[] = [
  { sizes, parameters: { bits: 8, rangeA: 'unsigned', rangeB: 'signed', per: 'tensor' } },
  { sizes, parameters: { bits: 8, rangeA: 'signed', rangeB: 'signed', per: 'channel' } },
  { parameters: { bits: 8, rangeA: 'unsigned', rangeB: 'unsigned', per: 'tensor' } },
  { parameters: { bits: 4, rangeA: 'signed', rangeB: 'signed', per: 'channel' } },
]

/** The product of two matrices of codes, counted from their zero points. */
export const integerMatmul = operation({
  id: 'quantization.integerMatmul',
  title: 'Product of matrices of codes',
  level: 'core',
  dimensions,
  inputs: factors,
  parameters: { bits, rangeA: range, rangeB: range, per },
  usual,
  sums: 'The sums are of whole numbers, and exact.',
  outputs: { y: array('the sums of products', 'N', 'M') },
  classes,
})

/** The same as codes of another scale: a dense layer in whole numbers. */
export const quantizedMatmul = operation({
  id: 'quantization.quantizedMatmul',
  title: 'Product of quantized matrices, quantized again',
  level: 'core',
  dimensions,
  inputs: {
    ...factors,
    scaleA: positive('the size of a step of the samples'),
    scalesB: positive('that of the weights', 'Scales'),
    scaleY: positive('that of the product'),
    zeroY: whole(rangeOfY, 'the code of 0 in the product'),
  },
  parameters: { bits, rangeA: range, rangeB: range, rangeY: range, per },
  usual,
  sums: 'The results are whole numbers: how their sums were rounded is lost when they are.',
  outputs: { codes: ranged(rangeOfY, array('the codes of the product', 'N', 'M')) },
  classes: {
    ...classes,
    'product of signed codes': ({ parameters }: CaseView) => parameters.rangeY === 'signed',
    'product of unsigned codes': ({ parameters }: CaseView) => parameters.rangeY === 'unsigned',
    'zero point of the product': ({ inputs }: CaseView) => inputs.zeroY!.data[0] !== 0,
  },
})

export const integerProduct = clause({
  id: 'quantization.per-layer-scale.integer-product',
  title: 'A product of codes is exact',
  kind: 'formula',
  operations: [integerMatmul],
  statement:
    'Each code is counted from the zero point of its matrix, and products are added up as whole numbers, without any rounding: the order of the terms, and whether zero points are taken away before or after, makes no difference. Of codes of 8 bits, a sum of 257 terms is below $2^{24}$ and exact in float32 as well; longer ones need a wider sum, of 32 bits for 33,000 terms.',
  formula: String.raw`y_{nm} = \sum_{d} (a_{nd} - z_a)(b_{dm} - z_{b,m}) = \sum_d a_{nd} b_{dm} - z_{b,m} \sum_d a_{nd} - z_a \sum_d b_{dm} + D z_a z_{b,m}`,
  domain:
    'Codes of at most 8 bits within their ranges, signed or not, each matrix by itself. Sums below $2^{31}$; where they are answered in float32, they are the nearest number of it.',
  conventions: [
    {
      choice:
        'The zero points of the weights are one a column, or one for all; that of the samples is one.',
      others: 'ONNX (MatMulInteger) has one a row of the samples as well.',
    },
  ],
  evaluations: [{ way: 'the sums of rows and of columns taken away from the plain product' }],
  source: {
    notes: [[282, 282]],
    publications: [
      { ...integerOnly, where: 'equations 4 and 7' },
      { ...onnxOperators, where: 'MatMulInteger' },
    ],
  },
  errata: [],
})

export const requantizing = clause({
  id: 'quantization.per-layer-scale.requantize',
  title: 'One multiplication turns a product of codes into codes of the next layer',
  kind: 'formula',
  operations: [quantizedMatmul, integerMatmul],
  statement:
    'The sum of products of codes times both scales is the product of the numbers that the codes stand for. Divided by the scale of the output, rounded and moved by its zero point, it is a code again: the only number that is not whole is the factor $s_a s_{b,m} / s_y$, one a channel. Where the scales of all three are multiplied by what leaves this factor as it is, the codes stay.',
  formula: String.raw`q_{nm} = \min\Bigl(q_{\max}, \max\Bigl(q_{\min}, \mathrm{round}\Bigl(\frac{s_a s_{b,m}}{s_y} y_{nm}\Bigr) + z_y\Bigr)\Bigr),\qquad s_a s_{b,m}\, y_{nm} = \sum_d \hat a_{nd} \hat b_{dm}`,
  domain:
    'As for the product of codes; scales above 0. A quotient that rounding may put on either side of a half is not judged, unless scales are whole and the last one is a power of two, where nothing is rounded.',
  conventions: [
    {
      choice: 'The factor is a floating-point number, and halves go to even.',
      others:
        'TensorFlow Lite multiplies by a whole number of 31 bits and shifts, with halves away from zero: its codes may be off by one.',
    },
  ],
  evaluations: [
    { way: 'the three scales made one factor, which multiplies the sum' },
    { way: 'one of both scales divided by that of the result first' },
  ],
  source: {
    notes: [[282, 282]],
    publications: [
      { ...integerOnly, where: 'equations 3 to 5' },
      { ...onnxOperators, where: 'QLinearMatMul' },
    ],
  },
  errata: [],
})
