import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { matrixComputations } from './publications.ts'

/** How large the three factors of a matrix are. */
export const svdShapes = operation({
  id: 'lowrank.svdShapes',
  title: 'Shapes of the factors of a singular value decomposition',
  level: 'core',
  dimensions: { Sides: derived(() => 2, 'rows, columns') },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 64 }),
    columns: integer({ min: 1, upTo: 64 }),
    form: choice('full', 'thin'),
  },
  usual: [
    { parameters: { rows: 4096, columns: 1000 } },
    { parameters: { rows: 3, columns: 3 } },
    { parameters: { rows: 1, columns: 5 } },
    { parameters: { rows: 5, columns: 1 } },
  ],
  outputs: {
    left: array('the rows and columns of U', 'Sides'),
    middle: array('those of the diagonal matrix S', 'Sides'),
    right: array('those of the transpose of V, which stands on the right', 'Sides'),
  },
  classes: {
    'more rows than columns': ({ parameters: p }: CaseView) => p.rows > p.columns,
    'fewer rows than columns': ({ parameters: p }: CaseView) => p.rows < p.columns,
    square: ({ parameters: p }: CaseView) => p.rows === p.columns,
    'a single row': ({ parameters: p }: CaseView) => p.rows === 1,
    'a single column': ({ parameters: p }: CaseView) => p.columns === 1,
    full: ({ parameters: p }: CaseView) => p.form === 'full',
    thin: ({ parameters: p }: CaseView) => p.form === 'thin',
  },
})

export const shapes = clause({
  id: 'lowrank.svd.shapes',
  title: 'The middle factor has the shape of the matrix, or is square in the thin form',
  kind: 'count',
  operations: [svdShapes],
  statement:
    'In the full form of a matrix of $m \\times k$ the left factor is $m \\times m$, the right one $k \\times k$, and the middle one $m \\times k$ like the matrix, zero off its diagonal. In the thin form, with $r = \\min(m, k)$, they are $m \\times r$, $r \\times r$ and $r \\times k$: what is left out is multiplied by zeros.',
  formula: String.raw`W_{m \times k} = U_{m \times m}\, S_{m \times k}\, V^\top_{k \times k} = U_{m \times r}\, S_{r \times r}\, V^\top_{r \times k},\qquad r = \min(m, k)`,
  domain: 'Any numbers of rows and columns from 1 on.',
  conventions: [
    {
      choice: 'The right factor is given as it stands in the product, transposed.',
      others: 'MATLAB and ml-matrix give $V$; NumPy, PyTorch and JAX give its transpose.',
    },
    {
      choice: 'The full form has square orthogonal factors, the thin one $r$ singular values.',
      others:
        'NumPy and PyTorch call it `full_matrices`; some call the thin form reduced or economy.',
    },
  ],
  source: {
    notes: [
      [262, 262],
      [264, 264],
    ],
    publications: [{ ...matrixComputations, where: 'theorem 2.4.1 and section 2.4.3' }],
  },
  errata: [
    {
      id: 'E-27',
      lines: [264, 264],
      says: 'The middle factor is drawn as a column of singular values between two matrices.',
      counterexample:
        'A matrix of 2 × 2 with a column of 2 × 1 in the middle: its product with the left factor is 2 × 1, and has no product with a right factor of 2 × 2. As a diagonal matrix of 2 × 2 all shapes meet.',
      correction: 'The singular values stand on the diagonal of a matrix of the shape of $W$.',
      settledBy: { ...matrixComputations, where: 'theorem 2.4.1' },
    },
  ],
})
