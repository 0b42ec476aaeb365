import { conv2d } from '../cnn/conv2d.ts'
import { trueConvolution } from '../cnn/true-convolution.ts'
import { clause } from '../language/clause.ts'
import { deepLearning, dumoulinVisin } from './publications.ts'
import { tconv2d } from './tconv.ts'

export const adjoint = clause({
  id: 'gan.tconv.adjoint',
  title: 'A transposed convolution is the adjoint of the convolution',
  kind: 'law',
  operations: [tconv2d, conv2d],
  statement:
    'The response to any image, multiplied with any input of the transposed convolution, gives what the image gives that is multiplied with its result: both have the same filters, stride, dilation, padding and groups, and no bias. It holds of every output padding: the image is as large as the result, and where the convolution has more positions than the input, from an output padding of a stride on, the input counts as zero there.',
  formula: String.raw`\langle C x,\, z \rangle = \langle x,\, C^{\mathsf T} z \rangle`,
  domain: 'Finite numbers; any stride, dilation, padding, output padding and groups.',
  conventions: [],
  source: {
    notes: [[603, 603]],
    publications: [
      { ...dumoulinVisin, where: 'section 4.1' },
      { ...deepLearning, where: 'section 9.5' },
    ],
  },
  errata: [],
})

export const fullCorrelation = clause({
  id: 'gan.tconv.full-correlation',
  title: 'It is a convolution of the input with zeros put between and around',
  kind: 'law',
  operations: [tconv2d, conv2d, trueConvolution],
  statement:
    'Put $S - 1$ zeros between neighbouring rows and columns of the input and as many around it as the kernel reaches beyond a pixel, less the padding: a convolution of stride 1 with the filters turned by half a circle, their channels and filters exchanged, gives the result. Of one channel and stride 1 it is the convolution of mathematics in full, so that the first number is a single product, $z_{00} F_{00}$, and a number in the middle has one product a weight. With a stride, places have different numbers of products: a kernel that the stride does not divide lays a checkerboard.',
  formula: String.raw`y = C_{F^{\curvearrowright}}(\tilde z),\qquad F^{\curvearrowright}_{uvqk} = F_{H'-1-u,\,W'-1-v,\,k,\,q},\qquad \tilde z_{S_h i,\,S_w j} = z_{ij};\qquad S = 1,\ K = Q = 1:\; y = z * F`,
  domain: 'Finite numbers; any stride, dilation, padding and output padding.',
  conventions: [],
  source: {
    notes: [[607, 607]],
    publications: [
      { ...dumoulinVisin, where: 'sections 4.2 to 4.6' },
      {
        title: 'Odena, Dumoulin, Olah (2016), Deconvolution and checkerboard artifacts',
        where: 'section Deconvolution & overlap',
      },
    ],
  },
  errata: [],
})

export const notInverse = clause({
  id: 'gan.tconv.not-inverse',
  title: 'It has the shapes of an inverse, and is none',
  kind: 'law',
  operations: [tconv2d, conv2d],
  statement:
    'A convolution followed by its transpose multiplies the image by $C^{\\mathsf T} C$, which is symmetric, has no negative eigenvalue and no higher rank than the response has numbers: where these are fewer than those of the image, no filter makes it the identity. The trace is the sum of the squares of all entries of $C$. With kernels of 1 × 1 and stride 1 every pixel is multiplied by the matrix of the filters and its transpose, which for one channel is the square of the weight: only weights of 1 and −1 are inverted. What comes back has the shape of the image, and other numbers.',
  formula: String.raw`x' = C^{\mathsf T} C\, x,\qquad \operatorname{rank}(C^{\mathsf T} C) \le H_o W_o Q,\qquad \operatorname{tr}(C^{\mathsf T} C) = \textstyle\sum C^2;\qquad H' = W' = 1:\; x'_{nab:} = F F^{\mathsf T} x_{nab:}`,
  domain: 'Finite numbers; any stride, dilation and padding.',
  conventions: [
    {
      choice: 'It is called a transposed convolution.',
      others:
        'The name deconvolution, which the literature has for it as well, is that of an inverse in signal processing.',
    },
  ],
  source: {
    notes: [[612, 612]],
    publications: [{ ...dumoulinVisin, where: 'section 4.1' }],
  },
  errata: [
    {
      id: 'E-52',
      lines: [614, 614],
      says: 'The response, convolved with the same kernel, gives the image that it came from: both equations have the same symbols and the same sign.',
      counterexample:
        'One pixel 1 and the kernel 2: the response is 2, and the transposed convolution makes it 4, not 1.',
      correction:
        'The result is another image of the same shape, and the operation is another one: the matrix of the convolution, transposed.',
      settledBy: { ...dumoulinVisin, where: 'section 4.1' },
    },
  ],
})
