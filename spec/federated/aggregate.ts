import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, some, whole } from '../language/operation.ts'
import { fedAvg, nonIid } from './publications.ts'

/** Points beyond a thousand million are no case of practice; sums of them exceed 32 bits all the same. */
const points = [0, 1e9] as const

/** The mean of the models of a round, weighted by points. */
export const aggregate = operation({
  id: 'federated.aggregate',
  title: 'Mean of the participants’ models, weighted by their points',
  level: 'core',
  dimensions: {
    M: free(1, 4, 'participants of the round'),
    I: free(1, 3, 'features of a point'),
    O: free(1, 3, 'outputs of a model'),
  },
  inputs: {
    w: array('the weights of each participant', 'M', 'I', 'O'),
    b: array('the biases of each participant', 'M', 'O'),
    counts: some(whole(points, 'how many points each participant has', 'M')),
  },
  parameters: {},
  usual: [
    { sizes: { M: 2 } },
    { sizes: { M: 5 } },
    { sizes: { M: 10, I: 4, O: 2 } },
    { sizes: { M: 1 } },
  ],
  effort: () => 4,
  sums: 'Every sum is divided by the points of all participants, which rounds it once more.',
  outputs: { w: array('the weights of the mean', 'I', 'O'), b: array('its biases', 'O') },
  classes: {
    'one participant': ({ sizes }: CaseView) => sizes.M === 1,
    'several participants': ({ sizes }: CaseView) => sizes.M! > 1,
    'a participant without points': ({ inputs }: CaseView) => inputs.counts!.data.includes(0),
    'as many points everywhere': ({ inputs, sizes }: CaseView) =>
      sizes.M! > 1 && new Set(inputs.counts!.data).size === 1,
    'more points than 31 bits count': ({ inputs }: CaseView) =>
      Array.from(inputs.counts!.data).reduce((sum, n) => sum + n, 0) >= 2 ** 31,
    'one point beside many millions': ({ inputs: { counts } }: CaseView) =>
      counts!.data.includes(1) && counts!.data.some((n: number) => n > 1e7),
  },
})

export const weightedMean = clause({
  id: 'federated.aggregate.weighted-mean',
  title: 'The new model is the mean of the participants’ models, weighted by points',
  kind: 'formula',
  operations: [aggregate],
  statement:
    'A server that gets the models of $m$ participants takes their mean, in which a model weighs as much as its share of the points of these participants. The weights add up to 1 whoever takes part: models that are equal stay as they are, every parameter lies between the least and the largest that came in, and what is done to all models alike, a factor or a shift, is done to the mean. Only proportions of points matter. A participant without points has no influence, and two with the same model count as one that has the points of both.',
  formula: String.raw`\theta' = \sum_{k \in S_t} \frac{n_k}{n_{S_t}}\, \theta_k,\qquad n_{S_t} = \sum_{j \in S_t} n_j > 0`,
  domain:
    'Any number of participants from 1 on, with up to $10^9$ points each, of whom at least one has a point; all tensors of a model alike.',
  conventions: [
    {
      choice: 'Where no participant has a point there is no mean, and the arguments are rejected.',
      others: 'Some servers keep the model that they have; others divide by zero.',
    },
    {
      choice: 'Models weigh by points.',
      others:
        'Others weigh them by batches or alike, which is the same for clients of equal size only.',
    },
    {
      choice: 'Sum and shares are of participants.',
      others:
        'Algorithm 1 of the publication prints both over all clients, though it has models of participants only.',
    },
  ],
  evaluations: [{ way: 'as a sum of models, each times its share of the points' }],
  source: {
    notes: [
      [486, 486],
      [542, 542],
    ],
    publications: [
      { ...fedAvg, where: 'algorithm 1, its sum taken over participants' },
      { ...nonIid, where: 'section 2' },
    ],
  },
  errata: [
    {
      id: 'E-48',
      lines: [542, 542],
      says: 'The sum over the sampled clients alone has weights that are shares of the points of all clients.',
      counterexample:
        'Four clients with as many points, two of them sampled, which give back the model 1 that they were sent: the weights are 1/4 each, and the mean becomes 1/2; a round later 1/4.',
      correction:
        'The weights are shares of the points of those who take part. Both are the same only if all clients do.',
      settledBy: {
        ...nonIid,
        where: 'section 2, on partial participation, where clients are of one size',
      },
    },
  ],
})
