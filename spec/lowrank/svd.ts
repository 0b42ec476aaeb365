import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  notUnique,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { accuracy, davisKahan, matrixComputations, subspaceAngles, wedin } from './publications.ts'

/** The thin singular value decomposition. */
export const svd = operation({
  id: 'lowrank.svd',
  title: 'Singular value decomposition',
  level: 'core',
  dimensions: {
    H: free(1, 6, 'rows of the matrix'),
    W: free(1, 6, 'columns of the matrix'),
    R: derived(({ H, W }: Sizes) => Math.min(H!, W!), 'singular values'),
  },
  inputs: { weights: array('the matrix', 'H', 'W') },
  parameters: {},
  usual: [
    { sizes: { H: 8, W: 8 } },
    { sizes: { H: 12, W: 5 } },
    { sizes: { H: 4, W: 10 } },
    { sizes: { H: 1, W: 1 } },
    { sizes: { W: ({ H }) => H! } },
  ],
  // As many rotations as pairs of columns, ten times over, each of two columns and of two of V.
  work: ({ H, W }) => 2 * Math.max(H!, W!) * Math.min(H!, W!) ** 2,
  effort: () => 2,
  sums: 'an iteration, whose sums are not those of products of inputs',
  outputs: {
    U: notUnique(array('the left vectors, one a column', 'H', 'R')),
    S: array('the singular values, the largest first', 'R'),
    V: notUnique(array('the right vectors, one a column', 'W', 'R')),
  },
  classes: {
    'more rows than columns': ({ sizes }: CaseView) => sizes.H! > sizes.W!,
    'fewer rows than columns': ({ sizes }: CaseView) => sizes.H! < sizes.W!,
    'square, of several rows': ({ sizes }: CaseView) => sizes.H === sizes.W && sizes.H! > 1,
    'a single number': ({ sizes }: CaseView) => sizes.H === 1 && sizes.W === 1,
    'a single row or column of several': ({ sizes }: CaseView) =>
      Math.min(sizes.H!, sizes.W!) === 1 && Math.max(sizes.H!, sizes.W!) > 1,
    zeros: ({ inputs }: CaseView) => inputs.weights!.data.every((w) => w === 0),
    'rank one, of several rows and columns': ({ inputs, sizes: { H, W } }: CaseView) => {
      const { data } = inputs.weights!
      return H! > 1 && W! > 1 && data[0] !== 0 && data.every((w) => w === data[0])
    },
  },
})

export const decomposition = clause({
  id: 'lowrank.svd',
  title: 'Every matrix is orthonormal vectors times singular values, the largest first',
  kind: 'algorithm',
  operations: [svd],
  statement:
    'The product of the left vectors, the diagonal of the singular values and the transposed right vectors is the matrix. The columns of $U$ are orthonormal and so are those of $V$, also where values are 0; no value is negative, and none is larger than the one before. The values are unique: their squares are the eigenvalues of $W^\\top W$, they are those of the transposed matrix, and no change of the matrix by $E$ moves any of them by more than $\\lVert E \\rVert_2$. The vectors are not unique, so an answer is judged by what it satisfies. Where a value is well above the next one, what the vectors up to it span is unique, and a change of the matrix turns it by an angle of sine $\\lVert E \\rVert / \\delta$ at most, $\\delta$ the gap less $\\lVert E \\rVert$.',
  formula: String.raw`W = U\,\mathrm{diag}(s)\,V^\top,\quad U^\top U = V^\top V = I,\quad s_1 \ge \dots \ge s_r \ge 0;\qquad |s_l(W + E) - s_l(W)| \le \lVert E \rVert_2,\quad \lVert \sin \Theta_k \rVert_F \le \frac{\lVert E \rVert_F}{s_k - s_{k+1} - \lVert E \rVert_F}`,
  domain:
    'Any matrix of finite numbers, of any rank, with equal values, however small or large; where $4 \\lVert W \\rVert_F$ is beyond the largest number of the format, the values alone. With $p = 90 \\max(m, k)$ roundings $u$: $\\lVert W - U S V^\\top \\rVert_F \\le p u \\lVert W \\rVert_F$, no element of $U^\\top U - I$ and $V^\\top V - I$ above $2pu$, and no value further off than $p u \\lVert W \\rVert_F$; the constant holds for one-sided Jacobi rotations in up to ten sweeps and for the algorithm of Golub and Kahan. What the first $k$ vectors of a side span is turned by a sine of $\\varepsilon / (s_k - s_{k+1} - \\varepsilon) + \\sqrt{k}\\, p u$ at most, with $\\varepsilon = 2pu \\lVert W \\rVert_F$; where the gap is not above $\\varepsilon$ nothing is said of it.',
  conventions: [
    {
      choice: 'The thin form, and V itself, its columns the right vectors.',
      others: 'NumPy, PyTorch and JAX return the transpose of V, and the full form by default.',
    },
    {
      choice: 'Either sign of a pair of vectors is right, and any basis where values are equal.',
      others: 'Some libraries fix signs afterwards, such as scikit-learn with `svd_flip`.',
    },
    {
      choice: 'Every digit of the matrix counts.',
      others:
        'A decomposition of a random sample of the range, which leaves out what the sample does not show, states by what share $\\tau$ of $\\lVert W \\rVert_F$ it may miss the matrix, in the profile `randomized-svd:` with that number. It then may miss it, values may be off, and $\\varepsilon$ is larger, by $\\tau \\lVert W \\rVert_F$; vectors are orthonormal as of any other.',
    },
  ],
  source: {
    notes: [
      [238, 238],
      [260, 260],
    ],
    publications: [
      { ...matrixComputations, where: 'theorem 2.4.1, corollary 8.6.2 and section 8.6.3' },
      { ...accuracy, where: 'sections 19.3 to 19.6' },
      { ...subspaceAngles, where: 'section 3' },
      { ...wedin, where: 'section 3' },
      { ...davisKahan, where: 'section 2' },
    ],
  },
  errata: [],
})
