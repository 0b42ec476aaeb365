import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, free, operation } from '../language/operation.ts'
import { conv2d } from './conv2d.ts'
import { dumoulinVisin, goodfellow } from './publications.ts'

/** The convolution of mathematics and signal processing: every way in which the kernel overlaps. */
export const trueConvolution = operation({
  id: 'cnn.trueConvolution',
  title: 'Convolution with a flipped kernel, in full',
  level: 'core',
  dimensions: {
    H: free(1, 6, 'rows'),
    W: free(1, 6, 'columns'),
    Hf: free(1, 4, 'rows of the kernel'),
    Wf: free(1, 4, 'columns of the kernel'),
    Ho: derived(({ H, Hf }) => H! + Hf! - 1, 'rows of the result'),
    Wo: derived(({ W, Wf }) => W! + Wf! - 1, 'columns of the result'),
  },
  inputs: {
    x: array('an image of one channel', 'H', 'W'),
    kernel: array('the kernel, g', 'Hf', 'Wf'),
  },
  parameters: {},
  usual: [{ sizes: { Hf: 3, Wf: 3 } }, { sizes: { Hf: 5, Wf: 5 } }],
  sums: [{ sizes: { H: 40, W: 40, Hf: 9, Wf: 9 } }],
  outputs: { y: array('the convolution', 'Ho', 'Wo') },
  classes: {
    'kernel larger than the image': ({ sizes }: CaseView) =>
      sizes.Hf! > sizes.H! || sizes.Wf! > sizes.W!,
    'even kernel': ({ sizes }: CaseView) => sizes.Hf! % 2 === 0 || sizes.Wf! % 2 === 0,
    'kernel not square': ({ sizes }: CaseView) => sizes.Hf !== sizes.Wf,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  },
})

export const isCrossCorrelation = clause({
  id: 'cnn.conv2d.is-cross-correlation',
  title: 'The layer does not flip its kernel',
  kind: 'law',
  operations: [conv2d, trueConvolution],
  statement:
    'A convolution in the sense of mathematics runs through the kernel and the image in opposite directions. The layer runs through both in the same direction, so it gives the part of that convolution in which the kernel lies within the image, for the kernel turned by half a circle. A kernel that this leaves as it is makes both the same.',
  formula: String.raw`(x * g)_{ij} = \sum_{u,v} x_{i-u,\,j-v}\; g_{uv},\qquad C_F(x)_{ij} = \left(x * \mathrm{rot}_{180} F\right)_{i + H' - 1,\ j + W' - 1}`,
  domain: 'One channel, one filter, stride 1, no padding.',
  conventions: [
    {
      choice: 'The name convolution stands for the layer without a flip.',
      others: 'SciPy and MATLAB flip in `convolve` and `conv2`, and call ours correlation.',
    },
  ],
  source: {
    notes: [[28, 28]],
    publications: [
      { ...goodfellow, where: 'equations 9.4 to 9.6' },
      { ...dumoulinVisin, where: 'section 1.1' },
    ],
  },
  errata: [],
})
