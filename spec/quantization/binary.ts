import { clause } from '../language/clause.ts'
import { array, bits, type CaseView, free, operation, ranged } from '../language/operation.ts'
import { per, Scales } from './codes.ts'
import { xnorNet } from './publications.ts'

/** Signs, and one magnitude for all of them. */
export const binarize = operation({
  id: 'quantization.binarize',
  title: 'Weights of one bit',
  level: 'core',
  dimensions: {
    N: free(1, 5, 'weights of a channel'),
    D: free(1, 6, 'columns, which are channels'),
    Scales,
  },
  inputs: { w: array('the weights', 'N', 'D') },
  parameters: { per },
  usual: [{ parameters: { per: 'channel' } }, { parameters: { per: 'tensor' } }],
  sums: 'The sums are of magnitudes, and of no products.',
  outputs: {
    signs: ranged([-1, 1], array('1 for what is not below 0, else −1', 'N', 'D')),
    scales: array('the magnitude that all have in common', 'Scales'),
  },
  classes: {
    'one scale for all': ({ parameters }: CaseView) => parameters.per === 'tensor',
    'a scale a channel': ({ parameters, sizes }: CaseView) =>
      parameters.per === 'channel' && sizes.D! > 1,
    'a weight of 0': ({ inputs }: CaseView) => inputs.w!.data.some((w) => w === 0),
    'both signs': ({ inputs }: CaseView) =>
      inputs.w!.data.some((w) => w < 0) && inputs.w!.data.some((w) => w > 0),
    'one weight a channel': ({ sizes }: CaseView) => sizes.N === 1,
  },
})

/** The product of matrices of signs, each a bit. */
export const binaryProduct = operation({
  id: 'quantization.binaryProduct',
  title: 'Product of matrices of signs',
  level: 'core',
  dimensions: {
    N: free(1, 5, 'samples'),
    D: free(1, 8, 'bits that are summed over'),
    M: free(1, 5, 'units'),
  },
  inputs: {
    a: bits('signs of the samples, 1 for + and 0 for −', 'N', 'D'),
    b: bits('signs of the weights', 'D', 'M'),
  },
  parameters: {},
  usual: [{ sizes: { N: 4, D: 64, M: 4 } }, { sizes: { N: 2, D: 32, M: 2 } }],
  outputs: { y: array('the sums of products of signs', 'N', 'M') },
  classes: {
    'an even number of bits': ({ sizes }: CaseView) => sizes.D! % 2 === 0,
    'an odd number of bits': ({ sizes }: CaseView) => sizes.D! % 2 === 1,
    'more than a word of 32 bits': ({ sizes }: CaseView) => sizes.D! > 32,
    'one bit': ({ sizes }: CaseView) => sizes.D === 1,
  },
})

export const binaryScale = clause({
  id: 'quantization.binary.scale',
  title: 'The best weights of one bit are signs times the mean magnitude',
  kind: 'formula',
  operations: [binarize],
  statement:
    'Weights of one bit are $\\alpha b$ with $b_n = \\pm 1$. Of all signs and all $\\alpha \\ge 0$, the smallest squared distance from $w$ has the signs of $w$ and the mean of its magnitudes. What is left is $\\|w\\|_2^2 - \\|w\\|_1^2 / N$, which is 0 exactly if all magnitudes are equal.',
  formula: String.raw`b_n = \mathrm{sign}(w_n),\quad \alpha = \frac{1}{N} \sum_{n} |w_n|,\qquad \min_{\alpha, b} \sum_n (w_n - \alpha b_n)^2 = \sum_n w_n^2 - N \alpha^2`,
  domain: 'Finite weights, zeros among them; one magnitude for all, or one a column.',
  conventions: [
    {
      choice: 'The sign of 0 is +1.',
      others: 'The sign functions of libraries give 0, which is no value of one bit.',
    },
  ],
  source: {
    notes: [[280, 280]],
    publications: [{ ...xnorNet, where: 'section 3.1, equations 2 to 6' }],
  },
  errata: [],
})

export const binaryDot = clause({
  id: 'quantization.binary.product',
  title: 'A product of signs counts the bits that differ',
  kind: 'formula',
  operations: [binaryProduct],
  statement:
    'With a bit 1 for +1 and 0 for −1, a product of two signs is −1 where their bits differ and +1 where they agree. The sum over $D$ of them is $D$ less twice the number of bits that differ: an exclusive or and a count take the place of multiplications. It is even exactly if $D$ is.',
  formula: String.raw`y_{nm} = \sum_{d} (2 a_{nd} - 1)(2 b_{dm} - 1) = D - 2\,\bigl|\{ d : a_{nd} \ne b_{dm} \}\bigr|`,
  domain: 'Zeros and ones; everything else is rejected.',
  conventions: [
    {
      choice: 'The bit 1 stands for +1.',
      others: 'Some store the sign bit, 1 for −1; the product is the same.',
    },
  ],
  source: {
    notes: [[280, 280]],
    publications: [{ ...xnorNet, where: 'section 3.2' }],
  },
  errata: [],
})
