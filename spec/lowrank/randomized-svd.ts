import { clause } from '../language/clause.ts'
import {
  array,
  atLeast,
  type CaseView,
  free,
  notUnique,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { halko } from './publications.ts'

const noFewer = ({ R }: Sizes) => R!

/** The singular value decomposition of what a matrix makes of a few given vectors. */
export const randomizedSvd = operation({
  id: 'lowrank.randomizedSvd',
  title: 'Randomized singular value decomposition',
  level: 'core',
  dimensions: {
    R: free(1, 3, 'columns of the test matrix'),
    H: atLeast(noFewer, 4, 'rows of the matrix', 'the columns of the test matrix'),
    W: atLeast(noFewer, 4, 'columns of the matrix', 'the columns of the test matrix'),
  },
  inputs: {
    weights: array('the matrix', 'H', 'W'),
    test: array('the test matrix: as a rule, independent normal numbers', 'W', 'R'),
  },
  parameters: { powers: integer({ min: 0, upTo: 2, max: 10 }) },
  usual: [
    { sizes: { H: 8, W: 8, R: 3 }, parameters: { powers: 1 } },
    { sizes: { H: 12, W: 6, R: 3 }, parameters: { powers: 0 } },
    { sizes: { H: 5, W: 10, R: 3 }, parameters: { powers: 2 } },
    { sizes: { H: 3, W: 3, R: 3 } },
  ],
  work: ({ H, W, R }: Sizes, { powers }) => 4 * (powers + 1) * H! * W! * R! + 40 * R! ** 3,
  effort: () => 4,
  sums: 'an iteration, whose sums are not those of products of inputs',
  outputs: {
    U: notUnique(array('the left vectors, one a column', 'H', 'R')),
    S: notUnique(array('the singular values, the largest first', 'R')),
    V: notUnique(array('the right vectors, one a column', 'W', 'R')),
  },
  classes: {
    'no powers': ({ parameters }: CaseView) => parameters.powers === 0,
    powers: ({ parameters }: CaseView) => parameters.powers > 0,
    'more rows than columns': ({ sizes }: CaseView) => sizes.H! > sizes.W!,
    'fewer rows than columns': ({ sizes }: CaseView) => sizes.H! < sizes.W!,
    'one test vector': ({ sizes }: CaseView) => sizes.R === 1,
    'several test vectors': ({ sizes }: CaseView) => sizes.R! > 1,
    'as many test vectors as there may be': ({ sizes: { H, W, R } }: CaseView) =>
      R === Math.min(H!, W!),
  },
})

export const sampledRange = clause({
  id: 'lowrank.randomized-svd',
  title: 'The vectors of a sampled range, and an error that the sample bounds',
  kind: 'theorem',
  operations: [randomizedSvd],
  statement:
    'The left vectors are orthonormal and span what the matrix, times itself transposed as often as powers are asked for, makes of the test vectors: nothing of these images is outside. Values and right vectors are the singular value decomposition of the matrix seen through the left ones. Without powers, the error is at most that of the linear map which, from what the matrix makes of the test vectors, gives back the leading right vectors that these can tell: the norm of the values that are left out, and of what of them gets into the leading ones. Where the test matrix is square and invertible nothing is left out. The test matrix is given, so that this is judged case by case and not on average.',
  formula: String.raw`Y = (W W^\top)^q W \Omega,\quad U U^\top Y = Y,\quad U^\top W = S V^\top,\qquad \lVert W - U S V^\top \rVert_F^2 \le \lVert \Sigma_2 \rVert_F^2 + \lVert \Sigma_2 \Omega_2 \Omega_1^\dagger \rVert_F^2 \ \ (q = 0),\quad \Omega_i = V_i^\top \Omega`,
  domain:
    'Any matrix and any test matrix of finite numbers, of as many columns as the matrix has rows and columns at most, where $\\lVert W \\rVert_F \\max(1, \\lVert \\Omega \\rVert_F)$ is at most a quarter of the largest number of the format: beyond it values and images are no numbers. Rounding is granted by norms, as of the full decomposition: each of the $2q + 1$ products and bases as much as one of it.',
  conventions: [
    {
      choice: 'As many values are given as the test matrix has columns.',
      others:
        'scikit-learn draws ten vectors more than values are asked for, and leaves the last values out.',
    },
    {
      choice: 'How vectors are made orthonormal between powers is left open.',
      others: 'Without it, small values are lost in rounding where powers are high.',
    },
    {
      choice: 'Columns beyond the rank of the images are any that are orthonormal to the others.',
      others: 'Some implementations fail on them.',
    },
  ],
  source: {
    notes: [[260, 260]],
    publications: [
      { ...halko, where: 'algorithms 4.4 and 5.1' },
      { ...halko, where: 'theorem 9.1' },
    ],
  },
  errata: [],
})
