import { clause } from '../language/clause.ts'
import { conv2d } from './conv2d.ts'
import { dumoulinVisin, goodfellow } from './publications.ts'

const domain = 'Finite numbers; any stride, dilation and padding.'

export const linearity = clause({
  id: 'cnn.conv2d.linearity',
  title: 'Without bias the response is linear in the image and in the filters',
  kind: 'law',
  operations: [conv2d],
  statement:
    'Responses to sums are sums of responses, and a factor of the image or of the filters is a factor of the response; with a bias, this holds of what exceeds the response to an image of zeros, which is the bias. A layer that is to be more than linear needs an activation function behind it.',
  formula: String.raw`C_F(\alpha x + \beta x') = \alpha C_F(x) + \beta C_F(x'),\qquad C_{\alpha F + \beta F'}(x) = \alpha C_F(x) + \beta C_{F'}(x)\qquad (b = 0)`,
  domain,
  conventions: [],
  source: {
    notes: [
      [22, 22],
      [57, 57],
    ],
    publications: [{ ...goodfellow, where: 'section 9.1' }],
  },
  errata: [],
})

export const equivariance = clause({
  id: 'cnn.conv2d.translation-equivariance',
  title: 'A shifted image gives a shifted response',
  kind: 'law',
  operations: [conv2d],
  statement:
    'A convolution moves its response along with the image: shift the image by a multiple of the stride and the response shifts by as many positions, wherever both windows see pixels of the image only, and everywhere when the image wraps around. Shifts between multiples of the stride and the zeros of a padding break it at the border. The response is not the same for a shifted image; only its largest value or its mean is, when the image wraps around.',
  formula: String.raw`(C_F(T_{Sa,Sb}\, x))_{n,i+a,j+b,q} = (C_F(x))_{nijq},\qquad (T_{ab}\, x)_{n,r+a,c+b,k} = x_{nrck}`,
  domain: 'No padding, positions whose window lies within the image before and after the shift.',
  conventions: [],
  source: {
    notes: [[22, 22]],
    publications: [{ ...goodfellow, where: 'section 9.2' }],
  },
  errata: [
    {
      id: 'E-06',
      lines: [22, 22],
      says: 'The layer is invariant to translations: a shifted image gives the same response.',
      counterexample:
        'A row of two pixels and the filter 1: the image (1, 0) gives (1, 0); shifted by one pixel, (0, 1), it gives (0, 1), not (1, 0).',
      correction: 'It is equivariant: the response shifts along with the image.',
      settledBy: { ...goodfellow, where: 'section 9.2' },
    },
  ],
})

export const filterBank = clause({
  id: 'cnn.conv2d.filter-bank',
  title: 'Each filter of a bank works on its own',
  kind: 'law',
  operations: [conv2d],
  statement:
    'The response of a bank made of two is the responses of both side by side: channel $q$ of the response depends on filter $q$ and its bias alone, and stands where the filter stands.',
  formula: String.raw`C_{[F\,\|\,F']}(x) = [\,C_F(x) \,\|\, C_{F'}(x)\,]`,
  domain,
  conventions: [],
  source: {
    notes: [[22, 22]],
    publications: [{ ...goodfellow, where: 'section 9.5' }],
  },
  errata: [],
})

export const strideSubsample = clause({
  id: 'cnn.conv2d.stride-subsample',
  title: 'A stride keeps every S-th response',
  kind: 'law',
  operations: [conv2d],
  statement:
    'A convolution with stride $S$ gives the responses of the same convolution with stride 1 at every $S$-th row and column, beginning with the first.',
  formula: String.raw`C^{(S_h, S_w)}(x)_{nijq} = C^{(1,1)}(x)_{n,\,S_h i,\,S_w j,\,q}`,
  domain: 'The same four amounts of padding on both sides.',
  conventions: [
    {
      choice: 'Amounts of padding are the same for both.',
      others:
        'The padding `same` depends on the stride: on six rows, a kernel of three is surrounded by one row on each side for stride 1, and by one row at the bottom only for stride 2.',
    },
  ],
  source: {
    notes: [
      [44, 44],
      [121, 121],
    ],
    publications: [
      { ...goodfellow, where: 'equation 9.8' },
      { ...dumoulinVisin, where: 'section 1.1' },
    ],
  },
  errata: [],
})
