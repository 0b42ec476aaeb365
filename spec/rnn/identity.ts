import { clause } from '../language/clause.ts'
import { conventions, forward, forwardGradient } from './forward.ts'
import { identityRecurrence } from './publications.ts'

export const identity = clause({
  id: 'rnn.init.identity',
  title: 'The identity as recurrent weights keeps states and gradients of rectified units',
  kind: 'theorem',
  operations: [forward, forwardGradient],
  statement:
    'With the identity as weights from state to state, with no bias, no input and the rectifier, every state is the first one, rectified, and the gradient of the last state arrives at the first one as it is, in units that are above 0, and not at all in others. With $c$ times the identity and no activation it arrives as $c^T$ times itself. With tanh it is never larger than it was, and smaller wherever a state is not 0.',
  formula: String.raw`W = \mathbf{1},\ b = 0,\ x = 0:\quad h^{(t)} = \max(h^{(0)}, 0),\quad \frac{\partial h^{(T)}}{\partial h^{(0)}} = \operatorname{diag}[h^{(0)} > 0];\qquad W = c\,\mathbf{1}:\ \frac{\partial h^{(T)}}{\partial h^{(0)}} = c^T\,\mathbf{1}`,
  domain: 'The weights as stated; any first state and any number of steps.',
  conventions,
  source: {
    notes: [
      [410, 410],
      [414, 414],
    ],
    publications: [{ ...identityRecurrence, where: 'section 2' }],
  },
  errata: [
    {
      id: 'E-40',
      lines: [410, 410],
      says: 'Weights that begin as the identity, with biases 0, are kept from shrinking to zero.',
      counterexample:
        'One unit with tanh, weight 1, no bias and no input, first state 1: the weight is what it was, but the state is 0.76 and its derivative by the first one 0.42.',
      correction:
        'It is the state and the gradient that do not shrink, of rectified units, while the recurrent weights are the identity; the other weights are not.',
      settledBy: { ...identityRecurrence, where: 'section 2' },
    },
  ],
})
