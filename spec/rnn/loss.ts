import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation, optional, padding } from '../language/operation.ts'
import { dimensions } from './forward.ts'
import { network, ofExponentials } from './network.ts'
import { deepLearning } from './publications.ts'

const { T, N } = dimensions

/** How far the scores of a sequence are from what they should say, step by step and in all. */
export const loss = operation({
  id: 'rnn.loss',
  title: 'Cross-entropy of a sequence, step by step and in all',
  level: 'core',
  dimensions: { T, N, O: free(1, 5, 'classes') },
  inputs: {
    o: array('the scores of every step', 'T', 'N', 'O'),
    y: array('what should come out of every step, a share a class', 'T', 'N', 'O'),
    padded: optional(padding('1 where a step of a sequence is padding', 'T', 'N')),
  },
  parameters: {},
  usual: [
    { sizes: { T: 5, N: 1, O: 2 } },
    { sizes: { T: 4, N: 2, O: 10 } },
    { sizes: { T: 1, N: 4, O: 3 } },
  ],
  effort: () => 20,
  sums: ofExponentials,
  outputs: {
    steps: array('the loss of every step of every sequence', 'T', 'N'),
    E: array('the loss of all of them together'),
  },
  classes: {
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
    'several sequences': ({ sizes }: CaseView) => sizes.N! > 1,
    'one class': ({ sizes }: CaseView) => sizes.O === 1,
    'two classes': ({ sizes }: CaseView) => sizes.O === 2,
    'more classes': ({ sizes }: CaseView) => sizes.O! > 2,
    'some steps are padding': ({ inputs }: CaseView) =>
      inputs.padded!.data.includes(1) && inputs.padded!.data.includes(0),
  },
})

/** By scores and targets, where each step counts as much as it is said to. */
export const lossGradient = gradientOf(loss, {
  title: 'Gradients of the cross-entropy of a sequence',
  by: ['o', 'y'],
  from: ['steps'],
  sums: ofExponentials,
})

const conventions = [
  {
    choice: 'The loss takes scores, not probabilities.',
    others: 'Keras takes probabilities unless told, and cuts them off near 0 and 1.',
  },
  {
    choice: 'A step that is padding loses nothing.',
    others: 'Libraries leave the mask to the caller, or take a number of a class that means it.',
  },
] as const
const domain =
  'Finite scores of any size and any finite targets; scores of −∞ where the target is 0, as long as a step has a finite one.'

export const stepLoss = clause({
  id: 'rnn.loss.step',
  title: 'The loss of a step is the cross-entropy of its targets with the softmax of its scores',
  kind: 'formula',
  operations: [loss, lossGradient],
  statement:
    'The loss of a step is one number: the surprise at each class, the negative logarithm of its probability, times the share that it should have, added up over the classes. It is taken from scores by the logarithm of the sum of their exponentials, so that no probability underflows before its logarithm. A class whose target is 0 counts for nothing, even where its probability is 0 as well. With a single class as the target it is the surprise at that class, with equal scores $\\ln O$, and it is never less than the entropy of targets that add up to 1. The gradient by the scores is the softmax, times the sum of the targets, less the targets; that by a target is the surprise at its class.',
  formula: String.raw`E^{(t)} = -\sum_k y_k^{(t)} \ln \hat y_k^{(t)} = \sum_k y_k^{(t)} \Bigl(m + \ln \sum_j e^{o_j^{(t)} - m} - o_k^{(t)}\Bigr),\quad 0 \ln 0 = 0,\qquad \nabla_{o^{(t)}} E = \Bigl(\sum_k y_k^{(t)}\Bigr) \hat y^{(t)} - y^{(t)},\quad \frac{\partial E}{\partial y_k^{(t)}} = -\ln \hat y_k^{(t)}`,
  domain,
  conventions,
  source: {
    notes: [
      [313, 313],
      [367, 367],
      [373, 373],
    ],
    publications: [{ ...deepLearning, where: 'equations 6.30, 10.12 and 10.18' }],
  },
  errata: [
    {
      id: 'E-37',
      lines: [367, 369],
      says: 'The loss of a step is the negative product of the targets with the logarithms of the probabilities, both of them vectors.',
      counterexample:
        'Two equal scores and both targets 1: element by element the loss would be ln 2 twice, a vector; the loss is their sum, 2 ln 2.',
      correction:
        'It is the inner product of both: a sum over the classes, in which 0 · ln 0 counts as 0.',
      settledBy: { ...deepLearning, where: 'equations 3.51 and 10.12' },
    },
  ],
})

export const totalLoss = clause({
  id: 'rnn.loss.total',
  title: 'The loss of a sequence is the sum of the losses of its steps',
  kind: 'formula',
  operations: [loss],
  statement:
    'The losses of all steps are added up, not averaged: the loss of a sequence that is cut in two is the sum of those of its parts, a step that is predicted with certainty adds nothing, and neither does one that is padding.',
  formula: String.raw`E = \sum_{t=1}^T E^{(t)},\qquad E^{(1..T)} = E^{(1..t)} + E^{(t+1..T)}`,
  domain,
  conventions: [
    ...conventions,
    {
      choice: 'The losses of steps and of the sequences of a batch are added up.',
      others:
        'Libraries average over steps and sequences unless told; the sum over the number of all steps that count is their mean.',
    },
  ],
  source: {
    notes: [
      [369, 369],
      [373, 373],
    ],
    publications: [{ ...deepLearning, where: 'equations 10.12 to 10.14' }],
  },
  errata: [],
})

export const lossOfSequence = clause({
  id: 'rnn.graph.loss-of-sequence',
  title: 'Inputs lead to states, states to scores, and scores with targets to one loss a step',
  kind: 'law',
  operations: [network, loss],
  statement:
    'The graph of a recurrent network can be unfolded: evaluated step by step, each from the state before, it gives the states, the outputs and the losses of the recursion over the whole sequence. The loss depends on the parameters through the scores alone, and targets have no influence on anything but the loss.',
  formula: String.raw`x^{(t)}, h^{(t-1)} \to h^{(t)} \to o^{(t)} \to E^{(t)} \leftarrow y^{(t)},\qquad E = \sum_t E^{(t)}`,
  domain,
  conventions,
  source: {
    notes: [[313, 313]],
    publications: [{ ...deepLearning, where: 'sections 10.1 and 10.2, figure 10.3' }],
  },
  errata: [],
})
