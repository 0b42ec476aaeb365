import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { enoughSamples } from './enough-samples.ts'
import { gatys, salimans, sunSaenko } from './publications-evaluation.ts'

/** How far apart the activations of two sets of samples are, layer by layer, by their first two moments. */
export const featureStatistics = operation({
  id: 'gan.featureStatistics',
  title: 'Distance of the statistics of features in several layers',
  level: 'core',
  dimensions: {
    L: free(1, 3, 'layers'),
    R: enoughSamples(5, 'real samples'),
    S: enoughSamples(5, 'generated samples'),
    D: free(1, 5, 'features of a layer'),
    Two: derived(() => 2, 'real, generated'),
    Rows: derived(({ L }: Sizes) => L! + 1, 'the layers, and their sum'),
    Parts: derived(() => 3, 'the distance, that of the means, that of the matrices'),
  },
  inputs: {
    real: array('the activations of each layer for each real sample', 'L', 'R', 'D'),
    generated: array('those for each generated sample', 'L', 'S', 'D'),
  },
  parameters: { matrix: choice('covariance', 'gram'), divisor: choice('N', 'N - 1') },
  usual: [
    { sizes: { L: 3, R: 8, S: 8, D: 4 }, parameters: { matrix: 'covariance', divisor: 'N - 1' } },
    { sizes: { L: 2, R: 4, S: 4, D: 8 }, parameters: { matrix: 'gram', divisor: 'N' } },
    { sizes: { L: 1, R: 6, S: 6 }, parameters: { matrix: 'covariance', divisor: 'N' } },
    { sizes: { L: 1, R: 2, S: 2, D: 66 }, parameters: { matrix: 'gram', divisor: 'N' } },
  ],
  work: ({ L, R, S, D }: Sizes) => L! * (R! + S!) * D! ** 2,
  effort: () => 2,
  sums: 'Every sum of products is divided by a count.',
  outputs: {
    means: array('the mean of each feature', 'Two', 'L', 'D'),
    matrices: array('the covariance or Gram matrix of each layer', 'Two', 'L', 'D', 'D'),
    distances: array('the squared distances, and what they are made of', 'Rows', 'Parts'),
  },
  classes: {
    'covariances by N': ({ parameters: p }: CaseView) =>
      p.matrix === 'covariance' && p.divisor === 'N',
    'covariances by N - 1': ({ parameters: p }: CaseView) =>
      p.matrix === 'covariance' && p.divisor === 'N - 1',
    'Gram matrices': ({ parameters: p }: CaseView) => p.matrix === 'gram',
    'several layers': ({ sizes }: CaseView) => sizes.L! > 1,
    'one sample': ({ sizes }: CaseView) => sizes.R === 1,
    'sets of two sizes': ({ sizes }: CaseView) => sizes.R !== sizes.S,
    'no more samples than features': ({ sizes }: CaseView) => sizes.R! <= sizes.D!,
    'one feature': ({ sizes }: CaseView) => sizes.D === 1,
  },
})

export const featureStatisticsClause = clause({
  id: 'gan.eval.feature-statistics',
  title: 'Means and matrices of features are compared layer by layer, and the layers added up',
  kind: 'formula',
  operations: [featureStatistics],
  statement:
    'A fixed network gives features of real and of generated samples in several layers. Of each layer the mean and the covariance, or the Gram matrix, are taken over each set by itself, which may be of two sizes; the distance of the layer is the squared length of the difference of the means and the squared Frobenius norm of that of the matrices, and the distance of the sets is the sum over layers, which all weigh alike. It is not negative, 0 for a set and itself in any order, and symmetric. It is no test of equality: sets that differ in higher moments alone are at distance 0. Either matrix is symmetric and has no negative eigenvalue. Features times $c$ make the part of the means $c^2$ times as large and that of the matrices $c^4$ times. A shift of one set changes the part of the means alone where covariances are taken, and both parts where Gram matrices are, which hold the means as well.',
  formula: String.raw`d = \sum_l \lVert \mu_r^l - \mu_g^l \rVert^2 + \lVert \Sigma_r^l - \Sigma_g^l \rVert_F^2,\qquad \mu^l = \frac{1}{N} \sum_n x_n^l,\qquad \Sigma^l = \frac{1}{\nu} \sum_n (x_n^l - \mu^l)(x_n^l - \mu^l)^\top \;\text{ or }\; \frac{1}{\nu} \sum_n x_n^l (x_n^l)^\top,\qquad \nu \in \{N, N - 1\}`,
  domain:
    'Any activations, of as many features in each layer; at least one sample in each set, or two where the count less 1 divides.',
  conventions: [
    {
      choice: 'All layers weigh alike, and nothing is divided by the number of features.',
      others:
        'Gatys et al. give each layer a weight, and divide by four times the squared number of features; so does the loss of Deep CORAL.',
    },
    {
      choice: 'Matrices divide by $N$ or by $N - 1$, as a parameter says, Gram matrices included.',
      others:
        '`numpy.cov` and `torch.cov` divide by $N - 1$; the Gram matrix of Gatys et al. is a sum that is not divided.',
    },
    {
      choice: 'Squared lengths are added, and no root is taken.',
      others: 'Some code adds up the lengths themselves, layer by layer.',
    },
    {
      choice: 'The matrix of a layer is over features, $D \\times D$, and the sum over samples.',
      others: 'A Gram matrix of samples, $N \\times N$, is another one with the same trace.',
    },
  ],
  source: {
    notes: [[727, 727]],
    publications: [
      { ...gatys, where: 'equations 3 to 5' },
      { ...sunSaenko, where: 'equations 1 to 3' },
      { ...salimans, where: 'section 3.1, for the part of the means' },
    ],
  },
  errata: [],
})
