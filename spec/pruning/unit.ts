import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  derived,
  free,
  nonnegative,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { han, li } from './publications.ts'

/** The scores of the units of a case. */
const scores = ({ inputs: { weights }, sizes: { D, M } }: CaseView): readonly number[] =>
  Array.from({ length: M! }, (_, j) => {
    let sum = 0
    for (let i = 0; i < D!; i++) sum += Math.abs(weights!.data[i * M! + j]!)
    return sum
  })

const thresholdOf = ({ inputs }: CaseView) => inputs.threshold!.data[0]!

/** How much every unit of a layer receives, by the weights of its incoming connections. */
export const unitScores = operation({
  id: 'pruning.unitScores',
  title: 'Scores of units: sums of the magnitudes of their incoming weights',
  level: 'core',
  dimensions: { D: free(1, 4, 'units of the layer before'), M: free(1, 4, 'units') },
  inputs: {
    weights: array('the weights, those of the connections to a unit in a column', 'D', 'M'),
    threshold: nonnegative('the threshold'),
  },
  parameters: {},
  sums: 'The sums are compared with the threshold, and errors of sums whose spread is asked for decide nothing.',
  outputs: {
    scores: array('the score of each unit', 'M'),
    kept: bits('1 for each unit that is kept', 'M'),
  },
  classes: {
    'weights of either sign into a unit': ({ inputs: { weights }, sizes: { D, M } }: CaseView) =>
      Array.from({ length: M! }, (_, j) =>
        Array.from({ length: D! }, (_, i) => weights!.data[i * M! + j]!),
      ).some((column) => column.some((w) => w < 0) && column.some((w) => w > 0)),
    'a score below the threshold': (the: CaseView) => scores(the).some((s) => s < thresholdOf(the)),
    'a score above the threshold': (the: CaseView) => scores(the).some((s) => s > thresholdOf(the)),
    'a score equal to the threshold': (the: CaseView) =>
      thresholdOf(the) > 0 && scores(the).includes(thresholdOf(the)),
    'a threshold of 0': (the: CaseView) => thresholdOf(the) === 0,
  },
})

const network = {
  weights1: array('the weights from the inputs to the hidden units', 'D', 'M'),
  bias1: array('the biases of the hidden units', 'M'),
  weights2: array('the weights from the hidden units to the outputs', 'M', 'C'),
} as const

const D = free(1, 4, 'inputs')
const C = free(1, 4, 'outputs')

/** A network with one hidden layer, some units of which are held at 0. */
export const networkOfUnits = operation({
  id: 'pruning.networkOfUnits',
  title: 'Network with one hidden layer, some of its units switched off',
  level: 'core',
  dimensions: { N: free(1, 3, 'samples'), D, M: free(1, 4, 'hidden units'), C },
  inputs: {
    x: array('the samples, one a row', 'N', 'D'),
    ...network,
    bias2: array('the biases of the outputs', 'C'),
    units: bits('1 for each hidden unit that is on', 'M'),
  },
  parameters: {},
  sums: [
    {
      sizes: { N: 16, D: 81, M: 32, C: 32 },
      arrays: { weights2: 'identity', bias2: 'zeros', units: 'ones' },
    },
    {
      sizes: { N: 16, D: 81, M: 81, C: 32 },
      arrays: { x: 'magnitudes', weights1: 'identity', bias1: 'zeros', units: 'ones' },
    },
  ],
  outputs: {
    hidden: array('what the hidden units give', 'N', 'M'),
    y: array('what the outputs give', 'N', 'C'),
  },
  classes: {
    'all units on': ({ inputs }: CaseView) => !inputs.units!.data.includes(0),
    'all units off': ({ inputs }: CaseView) => !inputs.units!.data.includes(1),
    'some units on': ({ inputs }: CaseView) =>
      inputs.units!.data.includes(0) && inputs.units!.data.includes(1),
  },
})

const withinLayer = {
  says: 'a unit of the hidden layer',
  argument: 'unit',
  holds: ({ M }: Sizes, { unit }: Parameters) => unit < M!,
  repair: (parameters: Parameters, { M }: Sizes) => ({
    ...parameters,
    unit: parameters.unit % M!,
  }),
  violate: (parameters: Parameters, { M }: Sizes) => ({ ...parameters, unit: M! }),
}

/** The network without one of its hidden units, which is smaller. */
export const removeUnit = operation({
  id: 'pruning.removeUnit',
  title: 'Network without one hidden unit',
  level: 'core',
  dimensions: {
    D,
    M: free(2, 5, 'hidden units'),
    C,
    Left: derived(({ M }) => M! - 1, 'hidden units that are left'),
  },
  inputs: network,
  parameters: { unit: integer({ min: 0, upTo: 4 }) },
  constraints: [withinLayer],
  outputs: {
    weights1: array('the weights from the inputs to the units that are left', 'D', 'Left'),
    bias1: array('the biases of the units that are left', 'Left'),
    weights2: array('the weights from the units that are left to the outputs', 'Left', 'C'),
    saved: array('how many parameters there are less'),
  },
  classes: {
    'the first unit': ({ parameters: p }: CaseView) => p.unit === 0,
    'the last unit': ({ parameters: p, sizes }: CaseView) => p.unit === sizes.M! - 1,
    'a unit in the middle': ({ parameters: p, sizes }: CaseView) =>
      p.unit > 0 && p.unit < sizes.M! - 1,
    'two units': ({ sizes }: CaseView) => sizes.M === 2,
  },
})

export const unitScore = clause({
  id: 'pruning.unit-score',
  title: 'The score of a unit is the sum of the magnitudes of its incoming weights',
  kind: 'formula',
  operations: [unitScores],
  statement:
    'The score of a unit sums the magnitudes of the weights of the connections that come into it. A unit whose score is below the threshold is removed, one that reaches it stays. Signs make no difference to it, nor does the order of the units before, and a factor of the weights is a factor of the score. It is 0 only for a unit without connections.',
  formula: String.raw`s_j = \sum_i |W_{ij}|,\qquad m_j = \begin{cases} 1 & s_j \ge \tau \\ 0 & s_j < \tau \end{cases}`,
  domain: 'Any weights, and a threshold that is not negative.',
  conventions: [
    {
      choice: 'A score equal to the threshold stays.',
      others: 'Code that keeps what is above it removes the unit.',
    },
    {
      choice: 'Incoming weights, summed.',
      others:
        'Others score by the outgoing ones, by both, by the Euclidean norm, or by the mean, which is the same order within a layer.',
    },
  ],
  source: { notes: [[179, 179]], publications: [{ ...li, where: 'section 3.1' }] },
  errata: [
    {
      id: 'E-19',
      lines: [179, 179],
      says: 'Scores a unit by an absolute sum of magnitudes, which can be read as the magnitude of the sum.',
      counterexample:
        'Incoming weights 1 and −1: their sum is 0, and its magnitude as well; the sum of their magnitudes is 2.',
      correction: 'It is the sum of the magnitudes: weights of either sign do not cancel.',
      settledBy: { ...li, where: 'section 3.1' },
    },
  ],
})

export const neuron = clause({
  id: 'pruning.neuron',
  title:
    'A unit goes with all its connections, and leaves a smaller network that computes the same',
  kind: 'law',
  operations: [removeUnit, networkOfUnits],
  statement:
    'To remove a hidden unit takes a column of the weights before it, its bias, and a row of the weights behind it: $D + 1 + C$ parameters. The network that is left is smaller by a unit, has no zeros to skip, and gives what the whole one gives with that unit held at 0. The other units keep their order and their parameters.',
  formula: String.raw`h_{nj} = u_j \max\Bigl(0,\; b_j + \sum_i x_{ni} (W_1)_{ij}\Bigr),\qquad y = h W_2 + b',\qquad u_j = 0 \;\equiv\; \text{without column } j \text{ of } W_1,\; b_j,\; \text{row } j \text{ of } W_2`,
  domain: 'Networks of two hidden units and more, so that one is left; any other unit is rejected.',
  conventions: [
    {
      choice: 'The unit gives 0 from then on.',
      others:
        'Where only its incoming weights are removed it gives a constant, the rectified bias, which has to be added to the biases behind it.',
    },
  ],
  source: {
    notes: [
      [169, 169],
      [227, 227],
    ],
    publications: [{ ...han, where: 'section 3.5' }],
  },
  errata: [],
})
