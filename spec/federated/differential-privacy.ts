import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, type Sizes } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { privateModels } from './publications.ts'

const dimensions = {
  M: free(1, 4, 'participants of the round'),
  I: free(1, 3, 'features of a point'),
  O: free(1, 3, 'outputs of a model'),
} as const

const updates = {
  w: array('the change of the weights by each client', 'M', 'I', 'O'),
  b: array('the change of the biases by each client', 'M', 'O'),
} as const

const bound = real({ min: 0, open: true, from: 0.01, to: 20, values: [0.5, 1, 5] })

/** The Euclidean lengths of the updates, both arrays of each together or one of them. */
function lengths({ inputs, sizes }: CaseView, ...names: readonly ('w' | 'b')[]) {
  return Array.from({ length: sizes.M! }, (_, m) =>
    Math.hypot(
      ...names.flatMap((name) => {
        const { data } = inputs[name]!
        const size = data.length / sizes.M!
        return Array.from(data.slice(m * size, (m + 1) * size))
      }),
    ),
  )
}

const both = ['w', 'b'] as const

const classes = {
  'one beyond the bound': (the: CaseView) =>
    lengths(the, ...both).some((length) => length > the.parameters.bound),
  'one within the bound': (the: CaseView) =>
    lengths(the, ...both).some((length) => length > 0 && length < the.parameters.bound),
  'beyond it together, and neither array alone': (the: CaseView) => {
    const [w, b] = [lengths(the, 'w'), lengths(the, 'b')]
    const { bound: S } = the.parameters
    return lengths(the, ...both).some((length, m) => length > S && w[m]! < S && b[m]! < S)
  },
  'an update of zeros': (the: CaseView) => lengths(the, ...both).includes(0),
} as const

const work = ({ M, I, O }: Sizes) => M! * (I! + 1) * O!

/** Updates of clients, made shorter where they are longer than a bound. */
export const clipUpdates = operation({
  id: 'federated.clipUpdates',
  title: 'Clipping of the updates of clients by their length',
  level: 'core',
  dimensions,
  inputs: updates,
  parameters: { bound },
  usual: [{ parameters: { bound: 1 } }, { sizes: { M: 5 }, parameters: { bound: 0.5 } }],
  work,
  effort: () => 8,
  sums: 'Its one long sum is of squares, and its root is in every output.',
  outputs: {
    ...updates,
    norms: array('the length of each update, before', 'M'),
  },
  classes,
})

/** The mean of clipped updates with noise. */
export const noisyMean = operation({
  id: 'federated.noisyMean',
  title: 'Mean of clipped updates with noise',
  level: 'core',
  dimensions,
  inputs: {
    ...updates,
    noiseW: array('noise for the weights, of variance 1', 'I', 'O'),
    noiseB: array('noise for the biases, of variance 1', 'O'),
  },
  parameters: {
    bound,
    multiplier: real({ min: 0, from: 0, to: 4, values: [0, 0.5, 1] }),
  },
  usual: [
    { parameters: { bound: 1, multiplier: 1 } },
    { sizes: { M: 5 }, parameters: { bound: 0.5, multiplier: 1.1 } },
  ],
  work,
  effort: () => 8,
  sums: 'Every term of its sums is multiplied by a factor that a sum of squares decides.',
  outputs: {
    w: array('the change of the common weights', 'I', 'O'),
    b: array('the change of the common biases', 'O'),
  },
  classes: {
    ...classes,
    'no noise': ({ parameters: p }: CaseView) => p.multiplier === 0,
    'some noise': ({ parameters: p }: CaseView) => p.multiplier > 0,
  },
})

const notes = [[494, 494]] as const

export const clippedUpdates = clause({
  id: 'federated.differential-privacy.clipping',
  title: 'A clipped update is the nearest one that is no longer than the bound',
  kind: 'formula',
  operations: [clipUpdates],
  statement:
    'The update of a client, all of its arrays taken for one vector $\\Delta$, is made as long as $S$ where it is longer, and keeps its direction. It is the projection on the ball of radius $S$: what is inside stays as it is, twice is the same as once, and no two updates come to lie farther apart. Each client is clipped by itself, before anything is added up, so that none moves a sum by more than $S$.',
  formula: String.raw`\Delta_m \leftarrow \Delta_m \min \Bigl( 1, \frac S{\lVert \Delta_m \rVert_2} \Bigr) = \operatorname*{arg\,min}_{\lVert z \rVert_2 \le S} \lVert z - \Delta_m \rVert_2,\qquad \Delta_m = (w_m, b_m)`,
  domain:
    'Finite updates, all of them 0 included, and bounds above 0. The length is that of the update, though its squares may leave the range of the numbers.',
  conventions: [
    {
      choice: 'One bound for all arrays of an update together, which is flat clipping.',
      others:
        'Per-layer clipping gives each of $n$ arrays a bound of its own, of which $S$ is the root of the sum of squares, and changes directions.',
    },
  ],
  evaluations: [
    { way: 'the bound times the smaller one of $1 / \\lVert \\Delta \\rVert$ and $1 / S$' },
  ],
  source: { notes, publications: [{ ...privateModels, where: 'algorithm 1, FlatClip' }] },
  errata: [],
})

export const noise = clause({
  id: 'federated.differential-privacy.noise',
  title: 'Noise is as large as what one client can change, times a multiplier',
  kind: 'formula',
  operations: [noisyMean],
  statement:
    'Noise of variance 1, times the bound $S$ and a multiplier $z$, is added once to the sum of all clipped updates, and the mean of both is the change of the model. One client more or less changes the sum by at most $S$, whatever it sends, and to replace one changes it by at most $2S$; the more clients there are, the less noise is in the mean. The noise is drawn outside and given, so that a round is a function of it; what privacy it buys is not computed here.',
  formula: String.raw`\Delta = \frac1M \Bigl( \sum_m \Delta_m \min \bigl( 1, S / \lVert \Delta_m \rVert_2 \bigr) + z S \xi \Bigr)`,
  domain: 'Any updates and noise, bounds above 0, multipliers that are not negative.',
  conventions: [
    {
      choice: 'Every update has the weight 1, and the sum is divided by their number.',
      others:
        'McMahan et al. weigh updates by points up to a cap and divide by the expected weight of a round, since the number of participants is random and private.',
    },
  ],
  evaluations: [{ way: 'the noise of the mean, $z S / M$, added to the mean' }],
  source: { notes, publications: [{ ...privateModels, where: 'algorithm 1 and section 2' }] },
  errata: [],
})
