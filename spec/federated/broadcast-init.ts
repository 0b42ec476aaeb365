import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, some, whole } from '../language/operation.ts'
import { fedAvg } from './fedavg.ts'
import { hechtNielsen, fedAvg as mcMahan } from './publications.ts'

/** The network whose parameters are means of those of others. */
export const averagedNetwork = operation({
  id: 'federated.averagedNetwork',
  title: 'Answers of networks, and of the one that their parameters average to',
  level: 'core',
  dimensions: {
    M: free(1, 3, 'networks'),
    N: free(1, 3, 'points'),
    I: free(1, 3, 'features of a point'),
    H: free(1, 3, 'hidden units'),
    O: free(1, 3, 'outputs'),
  },
  inputs: {
    x: array('the points', 'N', 'I'),
    hidden: array('the weights of the hidden units of each network', 'M', 'I', 'H'),
    hiddenBias: array('their biases', 'M', 'H'),
    output: array('the weights from hidden units to outputs', 'M', 'H', 'O'),
    outputBias: array('the biases of the outputs', 'M', 'O'),
    counts: some(whole([0, 1000], 'how many points each network was trained on', 'M')),
  },
  parameters: {},
  usual: [{ sizes: { M: 2, H: 8 } }, { sizes: { M: 10, I: 4, H: 4, O: 2 } }],
  effort: () => 6,
  sums: 'What is summed is divided, or sums itself.',
  outputs: {
    each: array('what each network answers', 'M', 'N', 'O'),
    averaged: array('what the network with the mean of all parameters answers', 'N', 'O'),
  },
  classes: {
    'one network': ({ sizes }: CaseView) => sizes.M === 1,
    'several networks': ({ sizes }: CaseView) => sizes.M! > 1,
    'one hidden unit': ({ sizes }: CaseView) => sizes.H === 1,
    'several hidden units': ({ sizes }: CaseView) => sizes.H! > 1,
    'a network that was trained on no points': ({ inputs }: CaseView) =>
      inputs.counts!.data.includes(0),
  },
})

export const sameStart = clause({
  id: 'federated.broadcast-init',
  title: 'All participants of a round begin with the same model, without which means make no sense',
  kind: 'law',
  operations: [fedAvg, averagedNetwork],
  statement:
    'At the beginning of every round each participant has exactly the model of the server: the same points and batches give the same model back, whoever trains. Networks that are the same average to themselves. Of networks that began apart a mean need be of no use, as their hidden units may stand in another order: to exchange units of one network, with all of their weights, changes nothing in what it answers, but it changes the mean. The units $\\max(x, 0)$ and $\\max(-x, 0)$ add up to $|x|$ in either order; the mean of both networks answers 0. What is done to the units of all alike does no harm, and where all have the same hidden units, the mean of the networks answers the mean of their answers.',
  formula: String.raw`\theta_{k,0}^{(t)} = \theta^{(t)} \;\text{for all } k \in S_t,\qquad N(x; V \Pi, \Pi^{\mathsf T} W) = N(x; V, W),\qquad N\bigl(x; \tfrac12 (V + V \Pi), \tfrac12 (W + \Pi^{\mathsf T} W)\bigr) \ne N(x; V, W)`,
  domain: 'Networks with one hidden layer of rectified units, of which at least one has a point.',
  conventions: [
    {
      choice: 'The server sends its model at the beginning of every round.',
      others:
        'Where clients keep the model of the round in which they took part last, it is stale.',
    },
  ],
  source: {
    notes: [[482, 482]],
    publications: [
      { ...mcMahan, where: 'section 2, figure 1: models from one start and from two' },
      { ...hechtNielsen, where: 'permutations of hidden units' },
    ],
  },
  errata: [],
})
