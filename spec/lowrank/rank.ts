import { clause } from '../language/clause.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { matrixComputations } from './publications.ts'

const valuesAbove = ({ inputs, parameters }: CaseView) => {
  const values = Array.from(inputs.S!.data)
  const largest = Math.max(...values)
  return values.filter((value) => value > parameters.tolerance * largest).length
}

/** How many singular values count, before truncation and after it. */
export const rank = operation({
  id: 'lowrank.rank',
  title: 'Numerical rank of a matrix and of its truncation',
  level: 'core',
  dimensions: { R: free(1, 8, 'singular values') },
  inputs: { S: nonnegative('the singular values, in any order', 'R') },
  parameters: {
    /** As a share of the largest value: what is no larger counts as zero. */
    tolerance: real({ min: 0, from: 0, to: 1, values: [0, 2 ** -20, 0.5, 1] }),
    count: integer({ min: 0, upTo: 8 }),
  },
  usual: [
    { parameters: { tolerance: 0 } },
    { parameters: { tolerance: 2 ** -20, count: 2 } },
    { sizes: { R: 64 }, parameters: { tolerance: 0.01, count: 16 } },
  ],
  outputs: {
    whole: array('the rank of the matrix'),
    truncated: array('the rank of its truncation to the largest values'),
  },
  classes: {
    'full rank': (the: CaseView) => valuesAbove(the) === the.sizes.R,
    'rank deficient': (the: CaseView) => valuesAbove(the) > 0 && valuesAbove(the) < the.sizes.R!,
    zero: ({ inputs }: CaseView) => inputs.S!.data.every((value) => value === 0),
    'fewer kept than the rank': (the: CaseView) => the.parameters.count < valuesAbove(the),
    'more kept than the rank': (the: CaseView) => the.parameters.count > valuesAbove(the),
  },
})

export const rankOfTruncation = clause({
  id: 'lowrank.rank',
  title: 'Truncation leaves the rank that there is, or the number of kept values',
  kind: 'law',
  operations: [rank],
  statement:
    'The rank of a matrix is the number of its singular values that are not zero, numerically of those above a share $\\tau$ of the largest one. It is at most $\\min(m, k)$. After truncation to $t$ values it is $t$, unless it was smaller before: then nothing changes.',
  formula: String.raw`\mathrm{rank}\,W = \#\{l : s_l > \tau\, s_1\},\qquad \mathrm{rank}\,\tilde W_t = \min(t, \mathrm{rank}\,W)`,
  domain: 'Singular values from 0 on, in any order; a tolerance and a count from 0 on.',
  conventions: [
    {
      choice: 'A value counts when it is larger than the tolerance, not when it equals it.',
      others: 'NumPy, PyTorch and MATLAB count so as well.',
    },
    {
      choice: 'The tolerance is a share of the largest value, and is given.',
      others: 'NumPy and MATLAB take $\\max(m, k)$ times the spacing of numbers at 1 by default.',
    },
  ],
  source: {
    notes: [
      [240, 240],
      [270, 270],
    ],
    publications: [{ ...matrixComputations, where: 'sections 2.4.2 and 5.4.1' }],
  },
  errata: [
    {
      id: 'E-28',
      lines: [270, 270],
      says: 'The matrix has as many linearly independent columns as columns, and its truncation the rank t.',
      counterexample:
        'The matrix [[1, 2], [2, 4]] has two columns and the singular values 5 and 0: its rank is 1, and 1 is that of its truncation to two values. No matrix of 2 × 3 has the rank 3.',
      correction:
        'The rank is at most the smaller side, and equals the number of columns only where these are independent; truncation makes it min(t, rank W).',
      settledBy: { ...matrixComputations, where: 'section 2.4.2' },
    },
  ],
})
