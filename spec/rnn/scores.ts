import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  optional,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { dimensions as recurrent } from './forward.ts'
import { network } from './network.ts'
import { deepLearning } from './publications.ts'

const { T, N, H } = recurrent

const usual: readonly Usual[] = [
  { sizes: { T: 5, N: 1, H: 4, O: 2 } },
  { sizes: { T: 4, N: 2, H: 8, O: 8 } },
  { sizes: { T: 1, N: 4, H: 16, O: 10 } },
]

const work = ({ T, N, H, O }: Sizes) => T! * N! * H! * O!

/** The scores of every step, from its state. */
export const scores = operation({
  id: 'rnn.scores',
  title: 'Scores of a recurrent network',
  level: 'core',
  dimensions: { T, N, H, O: free(1, 4, 'classes') },
  inputs: {
    h: array('the state after every step', 'T', 'N', 'H'),
    V: array('the weights from the state to the scores', 'O', 'H'),
    c: optional(array('the biases of the scores', 'O')),
  },
  parameters: {},
  usual,
  work,
  sums: [{ sizes: { T: 4, N: 8, H: 64, O: 32 } }],
  outputs: { o: array('the scores of every step', 'T', 'N', 'O') },
  classes: {
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several steps of several sequences': ({ sizes }: CaseView) => sizes.T! > 1 && sizes.N! > 1,
    'as many classes as units, and more than one': ({ sizes }: CaseView) =>
      sizes.H === sizes.O && sizes.H! > 1,
    'more classes than units': ({ sizes }: CaseView) => sizes.O! > sizes.H!,
    'fewer classes than units': ({ sizes }: CaseView) => sizes.O! < sizes.H!,
  },
})

export const scoresGradient = gradientOf(scores, {
  title: 'Gradients of the scores of a recurrent network',
  without: ['c'],
  by: ['h', 'V', 'c'],
  sums: [{ sizes: { T: 8, N: 16, H: 32, O: 32 } }],
  work: (sizes) => 2 * work(sizes),
})

export const outputFromMemory = clause({
  id: 'rnn.output-from-memory',
  title: 'The scores at a step are made of its state alone',
  kind: 'formula',
  operations: [scores, scoresGradient, network],
  statement:
    'The scores of a step are a weighted sum of its state and a bias, with the same weights $V$ at every step. Equal states have equal scores, whatever came before, and they are linear in the state. The gradient by a state is that of its scores through the transposed weights; those by weights and biases are sums over all steps and sequences.',
  formula: String.raw`o^{(t)} = V h^{(t)} + c,\qquad \nabla_{h^{(t)}} E = V^\top \nabla_{o^{(t)}} E,\quad \nabla_V E = \sum_t \nabla_{o^{(t)}} E\; h^{(t)\top},\quad \nabla_c E = \sum_t \nabla_{o^{(t)}} E`,
  domain: 'At least one step; finite numbers.',
  conventions: [
    {
      choice: 'The scores are an operation of their own, of states.',
      others:
        'Libraries leave them to a dense layer, of which the weights are the transpose of $V$ where it multiplies rows from the left.',
    },
  ],
  source: {
    notes: [
      [313, 313],
      [315, 315],
      [328, 328],
    ],
    publications: [{ ...deepLearning, where: 'equation 10.10' }],
  },
  errata: [
    {
      id: 'E-35',
      lines: [328, 328],
      says: 'From the state to the output one goes through W.',
      counterexample:
        'One unit without activation, one step with input 1 and weight 1, W = 3 and V = 2: the score is 2, not 3.',
      correction:
        'The weights from the state to the output are V; W leads from the state to the next one.',
      settledBy: { ...deepLearning, where: 'equations 10.8 and 10.10' },
    },
  ],
})
