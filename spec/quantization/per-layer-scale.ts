import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, ranged } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { per, Scales } from './codes.ts'
import { integerOnly, micikevicius, whitePaper } from './publications.ts'
import { dequantize, quantize } from './reduced-bits.ts'

/** The scale with which the largest number just has a code. */
export const symmetricScale = operation({
  id: 'quantization.symmetricScale',
  title: 'Scale of symmetric codes',
  level: 'core',
  dimensions: {
    N: free(1, 5, 'rows'),
    D: free(1, 6, 'columns, which are channels'),
    Scales,
  },
  inputs: { w: array('the numbers of a layer', 'N', 'D') },
  parameters: { bits: integer({ min: 2, upTo: 16, max: 16 }), per },
  usual: [
    { parameters: { bits: 8, per: 'tensor' } },
    { parameters: { bits: 8, per: 'channel' } },
    { parameters: { bits: 4, per: 'channel' } },
  ],
  outputs: {
    scales: ranged([0, Number.MAX_VALUE], array('the size of a step', 'Scales')),
  },
  classes: {
    'two bits': ({ parameters }: CaseView) => parameters.bits === 2,
    'eight bits': ({ parameters }: CaseView) => parameters.bits === 8,
    'sixteen bits': ({ parameters }: CaseView) => parameters.bits === 16,
    'one scale for all': ({ parameters }: CaseView) => parameters.per === 'tensor',
    'a scale a channel': ({ parameters, sizes }: CaseView) =>
      parameters.per === 'channel' && sizes.D! > 1,
    'all zeros': ({ inputs }: CaseView) => inputs.w!.data.every((w) => w === 0),
    'the largest is negative': ({ inputs }: CaseView) => {
      const w = Array.from(inputs.w!.data)
      return -Math.min(...w) > Math.max(...w)
    },
  },
})

const mixed = { ...micikevicius, where: 'section 3' }

export const scaleOfLayer = clause({
  id: 'quantization.per-layer-scale.scale',
  title: 'Each layer has the scale that its largest number needs',
  kind: 'formula',
  operations: [symmetricScale, quantize, dequantize],
  statement:
    'The scale is the largest magnitude over the largest code $2^{b-1} - 1$, so that this number has the last code and none is cut off. Each layer, or each channel of one, has its own. A layer that is multiplied by a positive number has the same codes, and its scale is multiplied. All are off by at most half their scale: what a larger scale gains in reach it loses in steps, and no scale of a layer is larger than that of all layers together. That holds of the bound: the error of one number may well be smaller with the larger scale.',
  formula: String.raw`s = \frac{\max_{n} |w_n|}{2^{b-1} - 1},\qquad |\hat w_n - w_n| \le \tfrac{1}{2} s,\qquad s(c\,w) = c\,s(w),\ q(c\,w) = q(w)\ \text{ for } c > 0`,
  domain: 'Finite numbers; 2 to 16 bits, in the narrow range. Of zeros alone, the scale is 1.',
  conventions: [
    {
      choice: 'Zeros alone have the scale 1.',
      others:
        'PyTorch keeps scales above a least number; ONNX leaves a scale of 0, by which nothing can be divided.',
    },
    {
      choice: 'The codes are symmetric, and their least one is never used.',
      others:
        'Some divide by $2^{b-1}$ and let the largest positive number be cut off by one step.',
    },
  ],
  source: {
    notes: [[282, 282]],
    publications: [
      { ...integerOnly, where: 'section 3' },
      { ...whitePaper, where: 'sections 2.2 and 3.1' },
    ],
  },
  errata: [
    {
      id: 'E-31',
      lines: [282, 282],
      says: 'Whole numbers with a factor a layer are called mixed precision, and a larger factor is a way to hold what lies outside of the range, at no price.',
      counterexample:
        'Signed codes of 8 bits for 200 and 0.6: with scale 1 the codes are 127 and 1; with scale 2 they are 100 and 0, so that 200 is held and 0.6 is gone.',
      correction:
        'A larger scale reaches further and is coarser in the same proportion: the error is up to half of it. Mixed precision is another thing: formats of different width in one computation, such as products in float16 added up in float32.',
      settledBy: mixed,
    },
  ],
})
