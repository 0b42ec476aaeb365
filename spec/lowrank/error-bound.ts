import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { linearStructure, matrixComputations } from './publications.ts'
import { factorSizes, factors } from './truncate.ts'

/** What truncation does to the outputs of a layer, for every number of kept values. */
export const errorCurve = operation({
  id: 'lowrank.errorCurve',
  title: 'Errors of truncated layers, and their bounds',
  level: 'core',
  dimensions: {
    N: free(1, 3, 'samples'),
    ...factorSizes,
    Counts: derived(({ R }: Sizes) => R! + 1, 'numbers of kept values, from none to all'),
  },
  inputs: { x: array('what the layer before gives, a sample a row', 'N', 'H'), ...factors },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { R: 1 } }, { sizes: { N: 2, H: 16, W: 12, R: 8 } }],
  sums: 'what its sums of products give is squared before anything is returned',
  effort: () => 2,
  outputs: {
    errors: array('the Frobenius norm of what the outputs lose', 'Counts'),
    bounds: array('the largest value left out times the norm of the inputs', 'Counts'),
  },
  classes: {
    'one value': ({ sizes }: CaseView) => sizes.R === 1,
    'equal values': ({ inputs }: CaseView) => new Set(inputs.S!.data).size < inputs.S!.data.length,
    'a value of 0': ({ inputs }: CaseView) => inputs.S!.data.includes(0),
    'values that are not in order': ({ inputs }: CaseView) =>
      inputs.S!.data.some((value, l, values) => l > 0 && value > values[l - 1]!),
    'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  },
})

export const errorBound = clause({
  id: 'lowrank.error-bound',
  title: 'Outputs change by no more than the largest value left out times the inputs',
  kind: 'law',
  operations: [errorCurve],
  statement:
    'With orthonormal vectors, a layer truncated to the $t$ largest singular values changes its outputs, in the Frobenius norm, by no more than $s_{t+1}$ times the norm of its inputs. Exactly, the square of the change is the sum over what was left out of $s_l^2 \\lVert x u_l \\rVert^2$. The bound is attained where every sample is a multiple of $u_{t+1}$. For the inputs $I$ the change is $\\sqrt{\\sum_{l > t} s_l^2}$, the distance of the matrices, which may exceed $s_{t+1}$ itself: it is the norm of the inputs that makes up for it.',
  formula: String.raw`\lVert xW - x\tilde W_t \rVert_F^2 = \sum_{l > t} s_l^2 \lVert x u_l \rVert_2^2 \le s_{t+1}^2 \lVert x \rVert_F^2,\qquad s_{r+1} = 0`,
  domain:
    'Any inputs. The curve is defined for any vectors, the bound holds where they are orthonormal.',
  conventions: [
    {
      choice:
        'The change is summed from what was left out, so that with all values kept it is exactly 0.',
      others: 'As a difference of two products it keeps the rounding errors of both.',
    },
    {
      choice: 'The norm is that of Frobenius, over all samples.',
      others: 'Sample by sample the same bound holds in the Euclidean norm.',
    },
  ],
  evaluations: [{ way: 'norms of numbers that are divided by the largest of them' }],
  source: {
    notes: [
      [244, 244],
      [274, 274],
    ],
    publications: [
      { ...linearStructure, where: 'section 3.2.1' },
      { ...matrixComputations, where: 'theorem 2.4.8' },
    ],
  },
  errata: [],
})
