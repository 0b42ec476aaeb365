import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  operation,
  ranged,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { conventions, forwardGradient } from './forward.ts'
import { network, ofExponentials } from './network.ts'
import { deepLearning } from './publications.ts'

const tanh = { activation: 'tanh', direction: 'forward' } as const
const usual: readonly Usual[] = [
  { sizes: { T: 5, N: 1, H: 4, O: 2 }, parameters: tanh },
  { sizes: { T: 4, N: 2, H: 4, O: 4 }, parameters: tanh },
  { sizes: { T: 20, N: 1, I: 1, H: 4, O: 2 }, parameters: tanh },
]
const work = ({ T, N, I, H, O }: Sizes) => N! * (T! * H! * (I! + H!) + H! * O!)

/** A network that hears a whole sequence and then says one thing. */
export const sequenceToOne = operation({
  id: 'rnn.sequenceToOne',
  title: 'Recurrent network with one output for a sequence',
  level: 'core',
  dimensions: network.dimensions,
  inputs: network.inputs,
  parameters: network.parameters,
  usual,
  work,
  effort: network.effort,
  sums: ofExponentials,
  outputs: {
    o: array('the scores of the last state', 'N', 'O'),
    y: ranged([0, 1], array('the probability of each class', 'N', 'O')),
  },
  classes: {
    ...network.classes,
    'a sequence of padding alone': ({ inputs, sizes: { T, N } }: CaseView) =>
      Array.from({ length: N! }, (_, n) => n).some((n) =>
        Array.from({ length: T! }, (_, t) => t).every((t) => inputs.padded!.data[t * N! + n] === 1),
      ),
  },
})

/** By everything but padding, where a gradient arrives at the scores. */
export const sequenceToOneGradient = gradientOf(sequenceToOne, {
  title: 'Gradients of a recurrent network with one output for a sequence',
  by: ['x', 'U', 'W', 'b', 'h0', 'V', 'c'],
  from: ['o'],
  states: {
    h: array('the states that it is computed with', 'T', 'N', 'H'),
    delta: array('the derivative by what enters the activation, 0 at padding', 'T', 'N', 'H'),
    back: array('the derivative by the state before each step, through that step', 'T', 'N', 'H'),
  },
  sums: 'Sums over time are of one sequence; those of the recurrent layer are judged by its own gradients.',
  work: (sizes) => 3 * work(sizes),
})

export const sequenceToOneClause = clause({
  id: 'rnn.variant.sequence-to-one',
  title: 'One output for a whole sequence is that of its last state',
  kind: 'algorithm',
  operations: [sequenceToOne, sequenceToOneGradient, network, forwardGradient],
  statement:
    'The network goes through the sequence and gives one output, made of the last state: the last output of a network with one at every step. The gradient of its loss arrives at the last state alone and from there goes back through time: of the sum over the steps at which a gradient arrives there is the last term only. The states, the gradients by what enters the activation, and what comes back through each step are returned as well.',
  formula: String.raw`\hat y = \operatorname{softmax}(V h^{(T)} + c),\qquad \nabla_{h^{(T)}} E = V^\top \nabla_o E,\quad \nabla_{o^{(t)}} E = 0 \ \text{for } t < T`,
  domain:
    'As of the recurrent layer: with padding behind, the last state is that of the last step that is none; in reverse, that of the first step.',
  conventions: [
    ...conventions,
    {
      choice: 'The output is made of the last state.',
      others: 'Others average the states of all steps, or take their largest numbers.',
    },
  ],
  source: {
    notes: [
      [336, 336],
      [342, 342],
    ],
    publications: [{ ...deepLearning, where: 'section 10.2 and figure 10.5' }],
  },
  errata: [],
})
