import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, positive } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { integerOnly, whitePaper } from './publications.ts'

/** A fully connected layer, forwards and backwards, of which one array is quantized. */
export const quantizedLayer = operation({
  id: 'quantization.quantizedLayer',
  title: 'Layer with quantized weights, activations or gradients',
  level: 'core',
  dimensions: {
    N: free(1, 4, 'samples'),
    D: free(1, 5, 'units below'),
    M: free(1, 5, 'units'),
  },
  inputs: {
    x: array('the activations below', 'N', 'D'),
    weights: array('the weights', 'D', 'M'),
    dy: array('the derivative of the loss by what the layer gives', 'N', 'M'),
    scale: positive('the size of a step'),
  },
  parameters: {
    bits: integer({ min: 2, upTo: 16, max: 16 }),
    of: choice('weights', 'activations', 'gradients'),
  },
  usual: [
    { parameters: { bits: 8, of: 'weights' } },
    { parameters: { bits: 8, of: 'activations' } },
    { parameters: { bits: 8, of: 'gradients' } },
    { parameters: { bits: 4, of: 'weights' } },
  ],
  effort: () => 4,
  sums: 'What is multiplied is rounded to codes before, and may be on either side of a half.',
  outputs: {
    y: array('what the layer gives', 'N', 'M'),
    dx: array('the derivative by the activations', 'N', 'D'),
    dWeights: array('the derivative by the weights', 'D', 'M'),
  },
  classes: {
    'quantized weights': ({ parameters }: CaseView) => parameters.of === 'weights',
    'quantized activations': ({ parameters }: CaseView) => parameters.of === 'activations',
    'quantized gradients': ({ parameters }: CaseView) => parameters.of === 'gradients',
    'two bits': ({ parameters }: CaseView) => parameters.bits === 2,
    'eight bits': ({ parameters }: CaseView) => parameters.bits === 8,
    'beyond the largest code': ({ inputs, parameters: { bits, of } }: CaseView) => {
      const name = of === 'weights' ? 'weights' : of === 'activations' ? 'x' : 'dy'
      const most = (2 ** (bits - 1) - 1) * inputs.scale!.data[0]!
      return inputs[name]!.data.some((value: number) => Math.abs(value) > 2 * most)
    },
  },
})

export const appliesTo = clause({
  id: 'quantization.applies-to',
  title: 'Weights, activations or gradients are quantized, an element at a time',
  kind: 'law',
  operations: [quantizedLayer],
  statement:
    'A quantizer takes the place of any one array of a layer: its weights, its activations, or the gradient that comes back to it. Each element is represented by the nearest multiple of the scale, and what is multiplied with it stays as it is; backwards, a quantizer is passed as if it were not there, with the multiples as factors. Where nothing is cut off, each output is off by at most half a scale times the sum of the magnitudes that the quantized numbers are multiplied with, and a scale half as large halves that. What is a multiple already is computed as if nothing had been quantized, and what an array does not enter is not touched by it.',
  formula: String.raw`\hat a = s \min(Q, \max(-Q, \mathrm{round}(a / s))),\; Q = 2^{b-1} - 1;\qquad y = x\hat W,\; \mathrm{d}x = \mathrm{d}y\,\hat W^\top,\; \mathrm{d}W = x^\top \mathrm{d}y;\qquad |y(\hat W) - y(W)|_{nm} \le \tfrac{1}{2} s \sum_d |x_{nd}|`,
  domain:
    'Finite numbers, a scale above 0, 2 to 16 bits. A number that rounding may put on either side of a half is not judged, unless the scale is a power of two.',
  conventions: [
    {
      choice:
        'The codes are those of the narrow range, with the zero point 0; halves go to the even one.',
      others: 'Activations of rectified units are often given unsigned codes.',
    },
    {
      choice: 'The derivative of the quantizer counts as 1, where it cuts off as well.',
      others:
        'PyTorch and TensorFlow let nothing through where the quantizer cuts off, which is one more product with zeros and ones.',
    },
  ],
  source: {
    notes: [
      [258, 258],
      [276, 276],
    ],
    publications: [
      { ...integerOnly, where: 'section 3' },
      { ...whitePaper, where: 'sections 2.2 and 4.1' },
    ],
  },
  errata: [],
})
