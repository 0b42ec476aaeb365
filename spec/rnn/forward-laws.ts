import { clause } from '../language/clause.ts'
import { conventions, forward, forwardGradient } from './forward.ts'
import { deepLearning, keras } from './publications.ts'

export const variableLength = clause({
  id: 'rnn.variable-length',
  title: 'One set of weights takes sequences of any length',
  kind: 'law',
  operations: [forward],
  statement:
    'The states of the beginning of a sequence are the beginning of its states. A sequence that is taken in two parts, the second one from the last state of the first, has the states of one that is taken at once.',
  formula: String.raw`h(x^{(1..t)}) = h(x^{(1..T)})^{(1..t)},\qquad h(x^{(t+1..T)};\, h^{(t)}) = h(x^{(1..T)})^{(t+1..T)}`,
  domain:
    'Any number of steps from 1 on, from the first one to the last; the first law not in reverse.',
  conventions,
  source: {
    notes: [
      [307, 307],
      [309, 309],
    ],
    publications: [{ ...deepLearning, where: 'section 10.1' }],
  },
  errata: [],
})

export const sameLength = clause({
  id: 'rnn.batching.same-length',
  title: 'Sequences of a batch do not know each other, and padding changes nothing',
  kind: 'law',
  operations: [forward],
  statement:
    'Each sequence of a batch has the states that it has alone, in whatever order they are. A sequence that is padded to the length of the others has the states and the last state that it has without padding, in reverse, too, and whatever stands in the padding.',
  formula: String.raw`h(x)_n = h(x_n),\qquad h\bigl(x^{(1..\tau)},\, \text{padding}\bigr)^{(1..\tau)} = h\bigl(x^{(1..\tau)}\bigr)`,
  domain: 'Any batch, with padding anywhere.',
  conventions,
  source: {
    notes: [[311, 311]],
    publications: [{ ...keras, where: 'guide on masking and padding' }],
  },
  errata: [],
})

export const timeShared = clause({
  id: 'rnn.time-shared-weights',
  title: 'Every step does the same',
  kind: 'law',
  operations: [forward],
  statement:
    'What a step makes of its input and of the state before it does not depend on when it is: the same sequence, begun later from the same state, goes through the same states.',
  formula: String.raw`h^{(t)} = f(h^{(t-1)}, x^{(t)}; \theta)\ \text{for all } t,\qquad h(\text{padding}, x)^{(t+1)} = h(x)^{(t)}`,
  domain: 'Any sequence, from the first step to the last.',
  conventions,
  source: {
    notes: [
      [319, 319],
      [326, 326],
      [328, 328],
    ],
    publications: [{ ...deepLearning, where: 'section 10.1 and equation 10.5' }],
  },
  errata: [],
})

export const feedforward = clause({
  id: 'rnn.reduces-to-feedforward',
  title: 'Without recurrent weights every step stands for itself',
  kind: 'law',
  operations: [forward],
  statement:
    'Where all weights from state to state are 0, the state at a step depends on the input at that step only: it is that of a layer without memory, to which the steps are samples, and steps in another order give states in that order.',
  formula: String.raw`W = 0 \;\Rightarrow\; h^{(t)} = \varphi(U x^{(t)} + b)`,
  domain: 'Any sequences without padding.',
  conventions,
  source: {
    notes: [
      [321, 321],
      [326, 326],
    ],
    publications: [{ ...deepLearning, where: 'section 10.1' }],
  },
  errata: [],
})

export const orderDependence = clause({
  id: 'rnn.order-dependence',
  title: 'A state depends on what came before it, and on nothing that comes after it',
  kind: 'law',
  operations: [forward, forwardGradient],
  statement:
    'No state depends on an input of a later step, and no gradient of a state reaches one; in general it depends on all inputs up to its own step, and on their order. In reverse, later and earlier change places.',
  formula: String.raw`\frac{\partial h^{(t)}}{\partial x^{(s)}} = 0\ \text{for } s > t,\qquad \frac{\partial h^{(t)}}{\partial x^{(s)}} \ne 0\ \text{in general for } s \le t`,
  domain: 'Any sequences.',
  conventions,
  source: {
    notes: [
      [321, 321],
      [324, 324],
      [326, 326],
    ],
    publications: [{ ...deepLearning, where: 'section 10.3, on the causal structure' }],
  },
  errata: [],
})
