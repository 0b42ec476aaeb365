import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { linearStructure } from './publications.ts'
import { keptOfLayer, keptWithin, usualLayers } from './storage.ts'

/** How many times smaller a layer gets, and up to where it gets smaller at all. */
export const compressionRate = operation({
  id: 'lowrank.compressionRate',
  title: 'Compression rate of a truncated decomposition',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: keptOfLayer,
  constraints: [keptWithin],
  usual: [
    ...usualLayers,
    { parameters: { rows: 4, columns: 4, kept: 3 } },
    { parameters: { rows: 3, columns: 3, kept: 1 } },
    { parameters: { rows: 5, columns: 12, kept: 3 } },
    { parameters: { rows: 3, columns: 8, kept: 2 } },
  ],
  outputs: {
    rate: array('the numbers of the matrix over those of its three factors'),
    most: array(
      'the most singular values with which the factors are smaller; 0 if none are few enough',
    ),
  },
  classes: {
    'more rows than columns': ({ parameters: p }: CaseView) => p.rows > p.columns,
    'fewer rows than columns': ({ parameters: p }: CaseView) => p.rows < p.columns,
    compression: ({ parameters: p }: CaseView) =>
      p.kept * (p.rows + p.columns + 1) < p.rows * p.columns,
    'neither smaller nor larger': ({ parameters: p }: CaseView) =>
      p.kept * (p.rows + p.columns + 1) === p.rows * p.columns,
    expansion: ({ parameters: p }: CaseView) =>
      p.kept * (p.rows + p.columns + 1) > p.rows * p.columns,
  },
})

export const rate = clause({
  id: 'lowrank.compression-rate',
  title: 'The rate is mk / t(m + k + 1), and below 1 where too much is kept',
  kind: 'count',
  operations: [compressionRate],
  statement:
    'The numbers of the matrix over those of its factors. The rate falls as $1/t$ and is the same for the transposed matrix. It is above 1, so that anything is saved at all, only for $t < mk / (m + k + 1)$; from there on the factors are as large as the matrix or larger.',
  formula: String.raw`\rho(t) = \frac{mk}{mt + t + tk} = \frac{\rho(1)}{t},\qquad \rho(t) > 1 \iff t < \frac{mk}{m + k + 1}`,
  domain: 'Whole numbers with $1 \\le t \\le \\min(m, k)$; anything else is rejected.',
  conventions: [
    {
      choice: 'Three factors are stored, the diagonal by its $t$ numbers.',
      others: 'With the diagonal absorbed the rate is $mk / t(m + k)$.',
    },
  ],
  source: {
    notes: [
      [242, 242],
      [272, 272],
    ],
    publications: [{ ...linearStructure, where: 'section 3.2.1' }],
  },
  errata: [
    {
      id: 'E-29',
      lines: [272, 272],
      says: 'The rate is given up to a constant factor, and fewer numbers are promised without a condition on how many values are kept.',
      counterexample:
        'A matrix of 4 × 4 with 3 values kept: 16 numbers become 12 + 3 + 12 = 27. The rate is 16/27, an expansion; a rate known up to a factor cannot tell.',
      correction: 'The rate is exact, and above 1 only while $t < mk / (m + k + 1)$.',
      settledBy: { ...linearStructure, where: 'section 3.2.1' },
    },
  ],
})
