import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  type Sizes,
  some,
  whole,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { chan, fedBn } from './publications.ts'

const points = [0, 1e9] as const

/** What normalization keeps of the points of all, from what each participant keeps of its own. */
export const batchStatistics = operation({
  id: 'federated.batchStatistics',
  title: 'Mean and variance of all points from those of each participant',
  level: 'core',
  dimensions: { M: free(1, 4, 'participants of the round'), I: free(1, 4, 'features of a point') },
  inputs: {
    means: array('the mean of the points of each participant', 'M', 'I'),
    variances: nonnegative('their variance', 'M', 'I'),
    counts: some(whole(points, 'how many points each participant has', 'M')),
  },
  parameters: { divisor: choice('points', 'points less one') },
  usual: [
    { sizes: { M: 2 } },
    { sizes: { M: 10, I: 16 } },
    { sizes: { M: 5 }, parameters: { divisor: 'points less one' } },
    { sizes: { M: 1 } },
  ],
  work: ({ M, I }: Sizes) => 4 * M! * I!,
  effort: () => 6,
  sums: 'Every sum is divided by the points of all participants, which rounds it once more.',
  outputs: {
    mean: array('the mean of all points', 'I'),
    variance: nonnegative('their variance', 'I'),
  },
  classes: {
    'one participant': ({ sizes }: CaseView) => sizes.M === 1,
    'several participants': ({ sizes }: CaseView) => sizes.M! > 1,
    'participants with more and with fewer points': ({ inputs }: CaseView) =>
      new Set(inputs.counts!.data).size > 1,
    'a participant without points': ({ inputs }: CaseView) => inputs.counts!.data.includes(0),
    'a participant with a single point': ({ inputs }: CaseView) => inputs.counts!.data.includes(1),
    'a single point of all': ({ inputs }: CaseView) =>
      Array.from(inputs.counts!.data).reduce((sum, n) => sum + n, 0) === 1,
    'points that are all the same where they are': ({ inputs, sizes }: CaseView) =>
      sizes.M! > 1 && inputs.variances!.data.every((v) => v === 0),
    'means that differ': ({ inputs, sizes }: CaseView) =>
      sizes.M! > 1 && new Set(inputs.means!.data.slice(0, sizes.I! + 1)).size > 1,
  },
})

export const pooledStatistics = clause({
  id: 'federated.batch-statistics',
  title: 'The variance of all points is the mean of the variances and the variance of the means',
  kind: 'formula',
  operations: [batchStatistics],
  statement:
    'Normalization keeps the mean and the variance of every feature, which are no weights. Over the points of several participants the mean is that of their means, weighted by points. The variance is not that of their variances: by how much the means of participants differ adds to it, so that it is never below the weighted mean of the variances, and as large only where all means are the same. With it, the points of all have the mean 0 and the variance 1 after normalization; with the mean of the variances, points of clients that differ are scaled up beyond that, without limit where each client has points that are all alike. What counts is how points are grouped in the end: statistics of groups of participants, put together, are those of all of them.',
  formula: String.raw`\mu = \sum_k \frac{n_k}n \mu_k,\qquad \sigma^2 = \sum_k \frac{n_k}n \bigl( \sigma_k^2 + (\mu_k - \mu)^2 \bigr),\qquad n = \sum_k n_k;\qquad s^2 = \frac{\sum_k (n_k - 1) s_k^2 + \sum_k n_k (\mu_k - \mu)^2}{n - 1}`,
  domain:
    'Any number of participants, with up to $10^9$ points each, of whom at least one has a point; any means, and variances that are not negative.',
  conventions: [
    {
      choice:
        'The divisor is the same in all variances, of the participants and of all points: the number of points, as normalization in training has it, or one less, as in what PyTorch keeps.',
      others: 'A factor of $n / (n - 1)$ leads from one to the other.',
    },
    {
      choice: 'Of a single point, the variance with one less as the divisor is 0.',
      others: 'The quotient of 0 and 0 is no number.',
    },
    {
      choice: 'Participants without points have no influence, whatever they sent.',
      others: 'Some servers count each of them as one that has a point.',
    },
    {
      choice: 'Statistics are put together by the server.',
      others:
        'In FedBN every client keeps its own; servers that take whatever a model has for weights average variances.',
    },
  ],
  evaluations: [{ way: 'as sums of shares of all points' }],
  source: {
    notes: [
      [486, 486],
      [542, 542],
    ],
    publications: [
      { ...chan, where: 'the formula for two samples put together' },
      { ...fedBn, where: 'section 3' },
    ],
  },
  errata: [],
})
