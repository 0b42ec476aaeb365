import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  type Sizes,
} from '../language/operation.ts'
import { passing, three } from '../resnet/block.ts'
import { one } from '../resnet/projection.ts'
import { squeezeNet } from './publications.ts'

/** A squeeze layer of 1 × 1 filters, then an expand layer of 1 × 1 and 3 × 3 filters side by side. */
export const fire = operation({
  id: 'efficient.fire',
  title: 'Fire module',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 4, 'rows'),
    W: free(1, 4, 'columns'),
    C: free(1, 4, 'channels'),
    S: free(1, 3, 'channels of the squeeze layer'),
    A: free(1, 3, '1 × 1 filters of the expand layer'),
    B: free(1, 3, '3 × 3 filters of the expand layer'),
    E: derived(({ A, B }: Sizes) => A! + B!, 'filters of the expand layer'),
    I: one,
    U: three,
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'C'),
    squeeze: array('the filters of the squeeze layer', 'I', 'I', 'C', 'S'),
    squeezeBias: optional(array('their bias', 'S')),
    expand1: array('the 1 × 1 filters of the expand layer', 'I', 'I', 'S', 'A'),
    expand1Bias: optional(array('their bias', 'A')),
    expand3: array('the 3 × 3 filters of the expand layer', 'U', 'U', 'S', 'B'),
    expand3Bias: optional(array('their bias', 'B')),
  },
  parameters: {},
  sums: [
    {
      sizes: { N: 1, H: 8, W: 8, C: 81, S: 16, A: 16, B: 1 },
      arrays: { ...passing('expand1', 'expand1Bias'), expand3: 'zeros', expand3Bias: 'zeros' },
    },
    {
      sizes: { N: 1, H: 4, W: 4, C: 81, S: 81, A: 16, B: 1 },
      arrays: {
        x: 'magnitudes',
        ...passing('squeeze', 'squeezeBias'),
        expand3: 'zeros',
        expand3Bias: 'zeros',
      },
    },
    {
      sizes: { N: 1, H: 10, W: 10, C: 9, S: 9, A: 1, B: 16 },
      arrays: {
        x: 'magnitudes',
        ...passing('squeeze', 'squeezeBias'),
        expand1: 'zeros',
        expand1Bias: 'zeros',
      },
    },
  ],
  outputs: { y: array('what the 1 × 1 filters give, then the 3 × 3 ones', 'N', 'H', 'W', 'E') },
  classes: {
    'fewer channels squeezed than given': ({ sizes }: CaseView) => sizes.S! < sizes.C!,
    'fewer channels squeezed than expanded': ({ sizes }: CaseView) => sizes.S! < sizes.E!,
    'more 1 × 1 than 3 × 3 filters': ({ sizes }: CaseView) => sizes.A! > sizes.B!,
    'fewer 1 × 1 than 3 × 3 filters': ({ sizes }: CaseView) => sizes.A! < sizes.B!,
    'one squeezed channel': ({ sizes }: CaseView) => sizes.S === 1,
    'image smaller than the kernel': ({ sizes }: CaseView) => sizes.H! < 3 || sizes.W! < 3,
    'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  },
})

/** Its gradients. */
export const fireGradient = gradientOf(fire, {
  title: 'Gradients of the fire module',
  // Through one kind of filters at a time: of both, the derivative by what is squeezed is a sum already.
  sums: [
    {
      sizes: { N: 2, H: 8, W: 8, C: 16, S: 16, A: 16, B: 1 },
      arrays: {
        x: 'magnitudes',
        ...passing('squeeze', 'squeezeBias'),
        ...passing('expand1', 'expand1Bias'),
        expand3: 'zeros',
        expand3Bias: 'zeros',
      },
    },
    {
      sizes: { N: 2, H: 8, W: 8, C: 9, S: 9, A: 1, B: 9 },
      arrays: {
        x: 'magnitudes',
        ...passing('squeeze', 'squeezeBias'),
        ...passing('expand3', 'expand3Bias'),
        expand1: 'zeros',
        expand1Bias: 'zeros',
      },
    },
  ],
})

export const fireModule = clause({
  id: 'efficient.squeezenet.fire',
  title: 'Squeeze by single pixels, then expand by two kinds of kernel',
  kind: 'formula',
  operations: [fire, fireGradient],
  statement:
    'A fire module takes the channels to $s$ by 1 × 1 filters with a rectifier, then applies $e_1$ filters of 1 × 1 and $e_3$ filters of 3 × 3, surrounded by one ring of zeros, to these $s$ channels, each with a rectifier, and puts the results side by side: first those of the 1 × 1 filters, then those of the 3 × 3 ones. Rows and columns stay; channels become $e_1 + e_3$. Published modules have $s < e_1 + e_3$.',
  formula: String.raw`z = \varphi(S * x + b_s),\qquad y = \left[\,\varphi(E_1 * z + b_1)\;\Vert\;\varphi(E_3 * z + b_3)\,\right] \in \mathbb R^{H\times W\times(e_1+e_3)}`,
  domain: 'Every number of rows, columns and channels from 1 on.',
  conventions: [
    {
      choice: 'The slope of the rectifier at 0 is 0.',
      others: 'Any number from 0 to 1 is a subgradient; frameworks agree on 0.',
    },
  ],
  source: {
    notes: [[294, 294]],
    publications: [{ ...squeezeNet, where: 'section 3.2 and figure 1' }],
  },
  errata: [
    {
      id: 'E-77',
      lines: [294, 294],
      says: 'The number of channels is made smaller all the time.',
      counterexample:
        'One pixel of one channel, one filter of each kind, all weights 1 and no biases: the module gives two channels, 1 and 1, more than it was given.',
      correction:
        'Only the squeeze layer takes channels away. Each module expands again what it squeezes, and from the first module to the last the channels grow from 96 to 512.',
      settledBy: { ...squeezeNet, where: 'section 3.2 and table 1' },
    },
  ],
})
