import { clause } from '../language/clause.ts'
import { conventions, forward } from './forward.ts'
import { deepLearning, encoderDecoder, keras } from './publications.ts'

export const sequences = clause({
  id: 'gru.forward.sequences',
  title: 'Sequences may be cut, padded, reversed and put together in a batch',
  kind: 'law',
  operations: [forward],
  statement:
    'The states of the beginning of a sequence are the beginning of its states, and a sequence that is taken in two parts, the second one from the last state of the first, has the states of one that is taken at once. Sequences of a batch do not know each other. Padding changes no state of the steps that are there, nor the last one, whatever stands in it. A layer in reverse has the states of one that gets the sequence backwards, backwards.',
  formula: String.raw`h(x^{(1..t)}) = h(x^{(1..T)})^{(1..t)},\qquad h(x^{(t+1..T)};\, h^{(t)}) = h(x^{(1..T)})^{(t+1..T)},\qquad h_{\text{reverse}}(x^{(1..T)}) = h(x^{(T..1)})^{(T..1)}`,
  domain: 'Any sequences; the first law not in reverse.',
  conventions,
  source: {
    notes: [[466, 466]],
    publications: [
      { ...deepLearning, where: 'section 10.1' },
      { ...keras, where: 'guide on masking and padding' },
    ],
  },
  errata: [],
})

export const closedGates = clause({
  id: 'gru.forward.closed-gates',
  title: 'Closed and open gates make a memory, a layer without one, and a layer with tanh of it',
  kind: 'law',
  operations: [forward],
  statement:
    'Where the update gate is 1, the state stays as it is for any number of steps. Where it is 0 and the reset gate is 0 as well, each state depends on its own input alone. Where it is 0 and the reset gate is 1, the layer is a recurrent layer with tanh, on whichever side of the product the reset gate stands.',
  formula: String.raw`z = 1:\ h^{(t)} = h^{(0)};\qquad z = 0,\ r = 0:\ \frac{\partial h^{(t)}}{\partial h^{(t-1)}} = 0;\qquad z = 0,\ r = 1:\ h^{(t)} = \tanh(U_n x^{(t)} + W_n h^{(t-1)} + b_n + b_m)`,
  domain:
    'Gates that are held closed or open by biases of ten thousand in magnitude, with no weights of their own; sequences without padding.',
  conventions,
  source: {
    notes: [[466, 466]],
    publications: [{ ...encoderDecoder, where: 'section 2.3' }],
  },
  errata: [],
})
