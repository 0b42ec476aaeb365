import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  positive,
} from '../language/operation.ts'
import { geman } from './publications.ts'

/** How far off clients are that learn alone, and how far all of them together, where a mean is learned. */
export const meanErrors = operation({
  id: 'federated.meanErrors',
  title: 'Expected squared errors of means of local and of all points',
  level: 'core',
  dimensions: { K: free(1, 5, 'clients') },
  inputs: {
    means: array('the mean that the points of each client are drawn about', 'K'),
    variances: nonnegative('their variance', 'K'),
    counts: positive('how many points each client has', 'K'),
  },
  parameters: {},
  usual: [{ sizes: { K: 2 } }, { sizes: { K: 10 } }],
  effort: () => 6,
  sums: 'Every sum is divided by the points of all clients.',
  outputs: {
    mean: array('the mean that is to be learned: that of all clients, weighted by points'),
    variance: nonnegative('the variance of the mean of the points of each client', 'K'),
    bias: nonnegative('how far it is off however many points there are, squared', 'K'),
    local: nonnegative('its expected squared error', 'K'),
    pooled: nonnegative('the expected squared error of the mean of all points'),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'clients that draw about the same mean': ({ inputs, sizes }: CaseView) =>
      sizes.K! > 1 && new Set(inputs.means!.data).size === 1,
    'clients that draw about different means': ({ inputs }: CaseView) =>
      new Set(inputs.means!.data).size > 1,
    'clients with more and with fewer points': ({ inputs }: CaseView) =>
      new Set(inputs.counts!.data).size > 1,
    'points that are all the same': ({ inputs }: CaseView) => inputs.variances!.data.includes(0),
  },
})

export const variance = clause({
  id: 'federated.local-only-variance',
  title: 'A client that learns alone errs by the variance of few points, and by a bias that stays',
  kind: 'theorem',
  operations: [meanErrors],
  statement:
    'Let each client draw $n_k$ independent points about a mean $\\mu_k$, with the variance $\\sigma_k^2$, and let the mean $\\mu$ of all be what is to be learned. The mean of its own points has the expected squared error $\\sigma_k^2 / n_k$, which falls as it gets more of them, and the square of $\\mu_k - \\mu$, which does not. The mean of all points has no bias and the variance $\\sum_k n_k \\sigma_k^2 / n^2$: where clients are alike that is $\\sigma^2 / n$, smaller by the factor $n_k / n$ than that of any client. Where variances differ, a client whose points scatter little may be better off alone.',
  formula: String.raw`\mathbb E\Bigl( \frac1{n_k} \sum_{d \in D_k} d - \mu \Bigr)^2 = \frac{\sigma_k^2}{n_k} + (\mu_k - \mu)^2,\qquad \mathbb E\Bigl( \frac1n \sum_{d \in D} d - \mu \Bigr)^2 = \frac{\sum_k n_k \sigma_k^2}{n^2},\qquad \mu = \sum_k \frac{n_k}n \mu_k`,
  domain: 'Any means, variances that are not negative, and counts above 0.',
  conventions: [
    {
      choice: 'What is to be learned is the mean of all clients, weighted by their points.',
      others: 'Where clients count alike, the bias is that from another mean.',
    },
  ],
  evaluations: [{ way: 'divided by the square of all points, which may overflow' }],
  source: {
    notes: [[478, 478]],
    publications: [{ ...geman, where: 'the decomposition of the error into bias and variance' }],
  },
  errata: [],
})
