import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
  type Range,
  some,
  whole,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { aggregate } from './aggregate.ts'
import { fedAvg as mcMahan, nonIid } from './publications.ts'

/** Other ways to make one model of those of a round. */
export const alternativeAggregate = operation({
  id: 'federated.alternativeAggregate',
  title: 'Aggregation that is unbiased over who takes part',
  level: 'core',
  dimensions: {
    K: derived((_, { clients }: Parameters) => clients, 'clients'),
    M: free(1, 4, 'participants of the round'),
    I: free(1, 3, 'features of a point'),
    O: free(1, 3, 'outputs of a model'),
  },
  inputs: {
    w0: array('the weights that were sent', 'I', 'O'),
    b0: array('the biases that were sent', 'O'),
    w: array('the weights that came back', 'M', 'I', 'O'),
    b: array('the biases that came back', 'M', 'O'),
    counts: some(whole([0, 1e6], 'how many points each client has', 'K')),
    participants: whole(
      ({ clients }: Parameters): Range => [0, clients - 1],
      'the clients that take part',
      'M',
    ),
  },
  parameters: { clients: integer({ min: 1, upTo: 4 }), rule: choice('scaled', 'kept', 'plain') },
  usual: [
    { sizes: { M: 2 }, parameters: { clients: 4, rule: 'scaled' } },
    { sizes: { M: 2 }, parameters: { clients: 4, rule: 'kept' } },
    { sizes: { M: 3 }, parameters: { clients: 10, rule: 'plain' } },
  ],
  effort: () => 8,
  sums: 'Every sum is multiplied or divided once more.',
  outputs: { w: array('the weights of the next model', 'I', 'O'), b: array('its biases', 'O') },
  classes: {
    scaled: ({ parameters: p }: CaseView) => p.rule === 'scaled',
    'non-participants keep': ({ parameters: p }: CaseView) => p.rule === 'kept',
    'plain mean': ({ parameters: p }: CaseView) => p.rule === 'plain',
    'as many participants as clients': ({ sizes }: CaseView) => sizes.M === sizes.K,
    'fewer participants than clients': ({ sizes }: CaseView) => sizes.M! < sizes.K!,
    'a client that is named twice': ({ inputs, sizes }: CaseView) =>
      new Set(inputs.participants!.data).size < sizes.M!,
    'participants without points': ({ inputs: { counts, participants } }: CaseView) =>
      participants!.data.every((k: number) => counts!.data[k] === 0),
  },
})

export const unbiased = clause({
  id: 'federated.aggregate.unbiased-alternatives',
  title: 'Some rules give the mean of all clients on average over who takes part',
  kind: 'statistical',
  operations: [alternativeAggregate, aggregate],
  statement:
    'Three rules look at the points of all clients. Scaled: models weigh $n_k / n$, and the sum is multiplied by $K/m$; over all choices of $m$ clients its mean is the mean of all $K$ models, but in a single round the weights need not add up to 1. Kept: who does not take part counts with the model that was sent; on average the step is $m/K$ of the step of all. Plain: where clients are drawn with replacement, in proportion to their points, the plain mean of the models is the mean of all on average. The rule that normalizes over the participants always has weights that add up to 1; it is unbiased only where all clients have as many points.',
  formula: String.raw`\theta'_{\mathrm{scaled}} = \frac Km \sum_{k \in S_t} \frac{n_k}{n}\, \theta_k,\qquad \theta'_{\mathrm{kept}} = \theta + \sum_{k \in S_t} \frac{n_k}{n} (\theta_k - \theta),\qquad \theta'_{\mathrm{plain}} = \frac1m \sum_{k \in S_t} \theta_k`,
  domain: 'Any participants, of whom some may be named twice.',
  conventions: [
    {
      choice: 'Shares are of the points of all clients.',
      others: 'The rule of FedAvg takes shares of those who take part.',
    },
  ],
  evaluations: [{ way: 'the shares of the points first, as they are printed' }],
  source: {
    notes: [[542, 542]],
    publications: [
      { ...nonIid, where: 'section 3.3, schemes I and II' },
      { ...mcMahan, where: 'algorithm 1' },
    ],
  },
  errata: [],
})
