import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { boolean, choice, integer } from '../language/parameter.ts'
import { learningToForget, spaceOdyssey } from './publications.ts'

/** How many numbers a long short-term memory learns, in the forms that it has. */
export const parameterCount = operation({
  id: 'lstm.parameterCount',
  title: 'Parameters of a long short-term memory',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    inputs: integer({ min: 1, upTo: 300 }),
    units: integer({ min: 1, upTo: 512 }),
    /** How many biases each gate has. */
    biases: choice('none', 'one', 'two'),
    peepholes: boolean,
    /** Whether the forget gate is 1 minus the input gate. */
    coupled: boolean,
  },
  usual: [
    { parameters: { inputs: 1, units: 1, biases: 'one', peepholes: false, coupled: false } },
    { parameters: { inputs: 64, units: 128, biases: 'one', peepholes: false, coupled: false } },
    { parameters: { inputs: 256, units: 256, biases: 'two', peepholes: false, coupled: false } },
    { parameters: { inputs: 300, units: 512, biases: 'one', peepholes: true, coupled: true } },
    { parameters: { inputs: 1, units: 65536, biases: 'two', peepholes: true, coupled: false } },
  ],
  outputs: {
    into: array('the weights from the input to the gates and the candidate'),
    between: array('those from the state to them'),
    peepholes: array('those from each cell to its own gates'),
    biases: array('the biases'),
    all: array('all of them'),
  },
  classes: {
    'without biases': ({ parameters }: CaseView) => parameters.biases === 'none',
    'one bias a gate': ({ parameters }: CaseView) => parameters.biases === 'one',
    'two biases a gate': ({ parameters }: CaseView) => parameters.biases === 'two',
    'peepholes, gates of their own': ({ parameters: p }: CaseView) => p.peepholes && !p.coupled,
    'peepholes, coupled gates': ({ parameters: p }: CaseView) => p.peepholes && p.coupled,
    'coupled gates without peepholes': ({ parameters: p }: CaseView) => !p.peepholes && p.coupled,
    'as many inputs as units': ({ parameters: p }: CaseView) => p.inputs === p.units,
    'more than 2^31': ({ parameters: { inputs, units } }: CaseView) =>
      units * (inputs + units) > 2 ** 31,
  },
})

export const variants = clause({
  id: 'lstm.param-count.variants',
  title: 'Three gates and the candidate have weights of their own, and peepholes are vectors',
  kind: 'count',
  operations: [parameterCount],
  statement:
    'Each of the three gates and the candidate, $G = 4$, has a weight for each pair of a unit and an input and of two units, and a number a unit for each of its $\\beta$ biases. A peephole is one weight of a unit, from its cell to one of its own gates; the candidate has none, so that there are $3H$ of them. Where the forget gate is 1 minus the input gate, it has nothing of its own: $G = 3$, a quarter of the weights and biases is gone, and a third of the peepholes. The number of steps enters nowhere.',
  formula: String.raw`|\theta| = G H (I + H) + \beta G H + \pi (G - 1) H,\qquad G = 4 \text{ or, coupled, } 3,\quad \beta \in \{0, 1, 2\},\quad \pi \in \{0, 1\}`,
  domain: 'At least one input and one unit; anything else is rejected.',
  conventions: [
    {
      choice: 'What is learned counts.',
      others:
        'ONNX keeps the weights of a coupled forget gate, in arrays of four gates, though nothing depends on them.',
    },
    {
      choice: 'As many biases as are asked for: none, one or two a gate.',
      others: 'Keras has one; PyTorch, cuDNN and ONNX have two, of which only the sum matters.',
    },
  ],
  source: {
    notes: [[426, 426]],
    publications: [
      {
        ...spaceOdyssey,
        where: 'section II A, on the weights of a layer, and section IV C on CIFG and NP',
      },
      { ...learningToForget, where: 'section 3' },
    ],
  },
  errata: [],
})
