import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  ranged,
} from '../language/operation.ts'
import { wassersteinGan } from './publications.ts'

/** How far generators that give a single point are from data that are a single point, by several measures. */
export const pointDivergences = operation({
  id: 'gan.pointDivergences',
  title: 'Distances between a point at 0 and a point at θ',
  level: 'core',
  dimensions: { N: free(1, 6, 'generators, each of one point') },
  inputs: { theta: array('where each generator has its point', 'N') },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { N: 10 } }],
  effort: () => 4,
  outputs: {
    wasserstein: nonnegative('the Wasserstein distance', 'N'),
    slope: ranged([-1, 1], array('the derivative of the Wasserstein distance by θ', 'N')),
    jensenShannon: nonnegative('the Jensen–Shannon divergence, in nats', 'N'),
    kullbackLeibler: nonnegative('the Kullback–Leibler divergence, in nats', 'N'),
  },
  classes: {
    'a point where the data are': ({ inputs: { theta } }: CaseView) =>
      theta!.data.some((v: number) => v === 0),
    'a point on the left': ({ inputs: { theta } }: CaseView) =>
      theta!.data.some((v: number) => v < 0),
    'a point on the right': ({ inputs: { theta } }: CaseView) =>
      theta!.data.some((v: number) => v > 0),
  },
})

export const continuity = clause({
  id: 'gan.wgan.continuity',
  title: 'Between two points the Wasserstein distance has a slope, where divergences have none',
  kind: 'theorem',
  operations: [pointDivergences],
  statement:
    'Let all data be the point 0, and all that is generated the point $\\theta$. Their Wasserstein distance is $|\\theta|$, continuous everywhere, with the slope 1 or −1 towards the data: descent leads there. The Jensen–Shannon divergence is $\\ln 2$ and the Kullback–Leibler divergence infinite for every $\\theta$ but 0, where both are 0: they jump, and their slope says nothing. A loss that falls as samples come nearer is what the Wasserstein distance promises; that they look better is an observation.',
  formula: String.raw`W_1(\delta_0, \delta_\theta) = |\theta|,\qquad \mathrm{JSD}(\delta_0, \delta_\theta) = \begin{cases} \ln 2 & \theta \ne 0 \\ 0 & \theta = 0 \end{cases},\qquad \mathrm{KL}(\delta_0 \,\|\, \delta_\theta) = \begin{cases} \infty & \theta \ne 0 \\ 0 & \theta = 0 \end{cases}`,
  domain:
    'Any finite numbers. Those below $2^{-126}$ may count as 0, as the shading language of WebGPU allows, so that nothing is said of cases that hold one.',
  conventions: [
    {
      choice: 'At 0, where the distance has a kink, its slope is 0.',
      others: 'Every number from −1 to 1 is a subgradient there.',
    },
    {
      choice: 'Divergences are in nats.',
      others: 'With logarithms to the base 2 the Jensen–Shannon divergence jumps to 1.',
    },
    {
      choice: 'An infinite divergence is infinity, and no large number.',
      others: 'Programs that add a small number to probabilities get a finite one.',
    },
  ],
  source: {
    notes: [[713, 713]],
    publications: [{ ...wassersteinGan, where: 'section 2, example 1' }],
  },
  errata: [],
})
