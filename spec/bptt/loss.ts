import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  nonnegative,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'

const deepLearning = { title: 'Goodfellow, Bengio, Courville (2016), Deep Learning' } as const

/** Why errors of exponentials are not judged by the statistics of sums of products. */
export const ofExponentials = 'Everything goes through exponentials and their shares.'

const work = ({ T, N, I, H, O }: Sizes) => T! * N! * H! * (I! + H! + O!)

/** The loss of a recurrent network that says something at every step. */
export const loss = operation({
  id: 'bptt.loss',
  title: 'Loss of a recurrent network at every step',
  level: 'core',
  dimensions: {
    T: free(1, 4, 'time steps'),
    N: free(1, 3, 'sequences of a batch'),
    I: free(1, 3, 'units of the input'),
    H: free(1, 3, 'units of the state'),
    O: free(1, 4, 'classes'),
  },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to the state', 'H', 'I'),
    W: array('the weights from the state to the next one', 'H', 'H'),
    b: array('the biases of the state', 'H'),
    h0: array('the state before the first step', 'N', 'H'),
    V: array('the weights from the state to the scores', 'O', 'H'),
    c: array('the biases of the scores', 'O'),
    y: nonnegative('what should come out of every step, a share a class', 'T', 'N', 'O'),
  },
  parameters: { activation: choice('tanh', 'relu', 'linear') },
  usual: [
    { sizes: { T: 4, N: 1 }, parameters: { activation: 'tanh' } },
    { sizes: { T: 3, N: 2, H: 3, O: 3 }, parameters: { activation: 'tanh' } },
    { sizes: { T: 10, N: 1, I: 1, H: 4, O: 2 }, parameters: { activation: 'tanh' } },
    { sizes: { T: 3, N: 2, H: 2, O: 2 }, parameters: { activation: 'linear' } },
    { sizes: { T: 1, N: 1 }, parameters: { activation: 'relu' } },
  ],
  work,
  effort: () => 16,
  sums: ofExponentials,
  outputs: { E: array('the loss of every step, of all sequences together', 'T') },
  classes: {
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
    'several sequences': ({ sizes }: CaseView) => sizes.N! > 1,
    'as many classes as units, and more than one': ({ sizes }: CaseView) =>
      sizes.H === sizes.O && sizes.H! > 1,
    'other numbers of inputs, units and classes': ({ sizes }: CaseView) =>
      new Set([sizes.I, sizes.H, sizes.O]).size === 3,
    tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'no activation': ({ parameters }: CaseView) => parameters.activation === 'linear',
  },
})

/** The gradients of all of its parameters, where each step counts as much as it is said to. */
export const lossGradient = gradientOf(loss, {
  title: 'Gradients of the loss of a recurrent network, through time',
  by: ['x', 'U', 'W', 'b', 'h0', 'V', 'c'],
  sums: ofExponentials,
  work: (sizes) => 4 * work(sizes),
})

const conventions = [
  {
    choice:
      'The losses of steps and sequences are added up; how much each step counts is given as the derivative of the whole loss by its own: 1 for all of them, or for the last one only.',
    others: 'Libraries often divide by the number of steps, of sequences, or both.',
  },
  {
    choice: 'States are columns, time is the first axis, and there is one bias for the state.',
    others: 'See the clauses on the recurrent layer, which name what libraries do.',
  },
] as const
const domain =
  'Any sequences, scores of any size, and targets that are not negative but need not add up to 1; a step without targets counts as none.'

export const sumOverTime = clause({
  id: 'bptt.sum-over-time',
  title: 'The gradient of the loss is the sum of those of the losses of all steps',
  kind: 'gradient',
  operations: [loss, lossGradient],
  statement:
    'The loss of a step is the cross-entropy of its targets with the softmax of $V h + c$, that of a sequence the sum over its steps. The gradient by any parameter is the sum of the gradients of the losses of the steps, each of which goes back through all steps before.',
  formula: String.raw`E = \sum_t E^{(t)},\quad E^{(t)} = -\sum_k y_k^{(t)} \ln \operatorname{softmax}(V h^{(t)} + c)_k,\qquad \nabla_\theta E = \sum_t \nabla_\theta E^{(t)},\quad \theta \in \{U, W, V, b, c\}`,
  domain,
  conventions,
  source: {
    notes: [
      [373, 373],
      [375, 375],
      [377, 377],
    ],
    publications: [{ ...deepLearning, where: 'section 10.2.2' }],
  },
  errata: [],
})

export const byV = clause({
  id: 'bptt.gradient.V',
  title: 'The gradient by the output weights does not go through time',
  kind: 'gradient',
  operations: [lossGradient],
  statement:
    'The gradient by the scores of a step is the softmax, times the sum of the targets, less the targets. That by $V$ is the sum over all steps of it times the state of the same step, that by $c$ the sum of it alone, which adds up to 0 over the classes.',
  formula: String.raw`\delta_o^{(t)} = \Bigl(\sum_k y_k^{(t)}\Bigr) \hat y^{(t)} - y^{(t)},\qquad \nabla_V E = \sum_t \delta_o^{(t)} h^{(t)\top},\quad \nabla_c E = \sum_t \delta_o^{(t)}`,
  domain,
  conventions,
  source: {
    notes: [[380, 380]],
    publications: [{ ...deepLearning, where: 'equations 10.18, 10.22 and 10.24' }],
  },
  errata: [],
})

export const byState = clause({
  id: 'bptt.gradient.hidden-recursion',
  title: 'The gradient by a state is that of its own loss and what comes back from the next state',
  kind: 'gradient',
  operations: [lossGradient],
  statement:
    'At the last step, what arrives at the state is what comes back through $V$; at any other, what comes back through the slope of the activation and through $W$ from the next state as well. Through $U$, it arrives at the inputs.',
  formula: String.raw`\nabla_{h^{(T)}} E = V^\top \delta_o^{(T)},\qquad \nabla_{h^{(t)}} E = W^\top \operatorname{diag}(\varphi'(a^{(t+1)})) \nabla_{h^{(t+1)}} E + V^\top \delta_o^{(t)},\qquad \nabla_{x^{(t)}} E = U^\top \operatorname{diag}(\varphi'(a^{(t)})) \nabla_{h^{(t)}} E`,
  domain,
  conventions,
  source: {
    notes: [[380, 380]],
    publications: [{ ...deepLearning, where: 'equations 10.19 to 10.21' }],
  },
  errata: [],
})

export const byW = clause({
  id: 'bptt.gradient.W',
  title: 'The gradient by the recurrent weights is a sum over all steps',
  kind: 'gradient',
  operations: [lossGradient],
  statement:
    'The gradient by $W$ is the sum over all steps of the gradient by what enters the activation, times the state before that step: for the first step, the state that was given.',
  formula: String.raw`\nabla_W E = \sum_t \operatorname{diag}(\varphi'(a^{(t)}))\, \nabla_{h^{(t)}} E\; h^{(t-1)\top}`,
  domain,
  conventions,
  source: {
    notes: [[377, 377]],
    publications: [{ ...deepLearning, where: 'equation 10.26' }],
  },
  errata: [],
})

export const byU = clause({
  id: 'bptt.gradient.U',
  title: 'The gradients by the input weights and the bias are sums over all steps',
  kind: 'gradient',
  operations: [lossGradient],
  statement:
    'The gradient by $U$ is the sum over all steps of the gradient by what enters the activation, times the input of the same step; that by the bias is the sum of it alone. Without inputs, the first is 0.',
  formula: String.raw`\nabla_U E = \sum_t \operatorname{diag}(\varphi'(a^{(t)}))\, \nabla_{h^{(t)}} E\; x^{(t)\top},\qquad \nabla_b E = \sum_t \operatorname{diag}(\varphi'(a^{(t)}))\, \nabla_{h^{(t)}} E`,
  domain,
  conventions,
  source: {
    notes: [[377, 377]],
    publications: [{ ...deepLearning, where: 'equations 10.25 and 10.28' }],
  },
  errata: [],
})

export const byFirstState = clause({
  id: 'bptt.gradient.h0',
  title: 'The gradient by the first state comes back through every step',
  kind: 'gradient',
  operations: [lossGradient],
  statement:
    'The gradient by the state before the first step is what comes back from the first step through $W$; of the loss of step $t$ it is a product of $t$ factors. Where the first state is a constant, nothing is trained by it.',
  formula: String.raw`\nabla_{h^{(0)}} E = W^\top \operatorname{diag}(\varphi'(a^{(1)})) \nabla_{h^{(1)}} E`,
  domain,
  conventions,
  source: {
    notes: [[382, 382]],
    publications: [{ ...deepLearning, where: 'equation 10.21' }],
  },
  errata: [
    {
      id: 'E-63',
      lines: [382, 382],
      says: 'It is the gradient by the first state that training computes.',
      counterexample:
        'One unit without activation, one step, W = 0: the gradient by the first state is 0, while that by the bias is not.',
      correction: 'Trained are the weights and biases; the first state is most often a constant.',
      settledBy: { ...deepLearning, where: 'section 10.2.2' },
    },
  ],
})
