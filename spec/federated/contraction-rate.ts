import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  free,
  operation,
  ranged,
  type Sizes,
} from '../language/operation.ts'
import { gossip, metropolisWeights } from './gossip.ts'
import { boydXiao } from './publications.ts'

/** How many groups of clients a graph has that are not connected with each other. */
function groupsOf({ inputs, sizes }: CaseView): number {
  const K = sizes.K!
  const { data } = inputs.graph!
  const left = new Set(Array.from({ length: K }, (_, k) => k))
  let groups = 0
  for (const first of left) {
    groups++
    // A list that grows while it is gone through is gone through to its end.
    const group = [first]
    left.delete(first)
    for (const k of group) {
      for (const l of left) {
        if (data[k * K + l] !== 1 && data[l * K + k] !== 1) continue
        left.delete(l)
        group.push(l)
      }
    }
  }
  return groups
}

/** By how much a round of gossip with the weights of Metropolis and Hastings brings clients together. */
export const contractionRate = operation({
  id: 'federated.contractionRate',
  title: 'Rate at which gossip on a graph converges',
  level: 'core',
  dimensions: { K: free(1, 5, 'clients') },
  inputs: {
    graph: bits(
      '1 for each pair of clients that are connected; one of both places is enough',
      'K',
      'K',
    ),
  },
  parameters: {},
  usual: [{ sizes: { K: 10 } }, { sizes: { K: 4 } }],
  work: ({ K }: Sizes) => 20 * K! ** 3,
  outputs: {
    rate: ranged([0, 1], array('what is left at most of the distance from the mean, a round')),
  },
  classes: {
    'one client': ({ sizes }: CaseView) => sizes.K === 1,
    'clients that are all connected, some on the way of others': (the: CaseView) =>
      the.sizes.K! > 2 && groupsOf(the) === 1,
    'clients that are not connected': (the: CaseView) => groupsOf(the) > 1,
  },
})

export const contraction = clause({
  id: 'federated.topology.contraction-rate',
  title: 'How fast gossip converges is a number of the graph',
  kind: 'theorem',
  operations: [contractionRate, gossip, metropolisWeights],
  statement:
    'With Metropolis weights the distance of all clients from their mean shrinks in each round at least by $\\rho = \\max(|\\lambda_2|, |\\lambda_K|)$, the second largest modulus of an eigenvalue of the weights. It is 0 where everybody is connected with everybody, 1 exactly where the graph is not connected, and in between it tells how many rounds are needed: $\\ln \\varepsilon / \\ln \\rho$ for a share $\\varepsilon$ of the distance. On a ring of $K$ clients it is $\\frac13 + \\frac23 \\cos(2\\pi / K)$ from 4 on, so that rounds grow with $K^2$; around a client in the middle of a star $1 - 1/K$. Between two groups of $m$ clients in which everybody is connected with all of the other group and nobody of its own, the eigenvalue that is furthest below 0 counts, $-(m - 1) / (m + 1)$.',
  formula: String.raw`\rho = \max(|\lambda_2|, |\lambda_K|) = \Bigl\lVert P - \tfrac1K \mathbf 1 \mathbf 1^{\mathsf T} \Bigr\rVert_2,\qquad \lVert \theta^t - \bar\theta \rVert \le \rho^t \lVert \theta^0 - \bar\theta \rVert`,
  domain: 'Any graph. One client is at its mean, and has the rate 0.',
  conventions: [
    {
      choice: 'The rate is what is left after a round.',
      others: 'The spectral gap is what is missing to 1, $1 - \\rho$.',
    },
    {
      choice: 'Of eigenvalues the modulus counts, also below 0.',
      others:
        'Where weights are averaged with those of no exchange, none is below 0, and the second one is enough.',
    },
  ],
  source: {
    notes: [[501, 501]],
    publications: [{ ...boydXiao, where: 'section 2: the asymptotic convergence factor' }],
  },
  errata: [],
})
