import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { boolean, integer } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'

/** How many numbers a recurrent network learns. */
export const parameterCount = operation({
  id: 'rnn.parameterCount',
  title: 'Parameters of a recurrent network',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    inputs: integer({ min: 1, upTo: 300 }),
    units: integer({ min: 1, upTo: 512 }),
    outputs: integer({ min: 1, upTo: 1000 }),
    steps: integer({ min: 1, upTo: 200 }),
    biases: boolean,
  },
  usual: [
    { parameters: { inputs: 1, units: 1, outputs: 1, steps: 1, biases: false } },
    { parameters: { inputs: 28, units: 128, outputs: 10, steps: 28, biases: true } },
    { parameters: { inputs: 300, units: 512, outputs: 10000, steps: 50, biases: true } },
    { parameters: { inputs: 1024, units: 65536, outputs: 50257, steps: 1000, biases: true } },
  ],
  outputs: {
    into: array('the weights from the input to the state'),
    between: array('those from state to state'),
    out: array('those from the state to the output'),
    biases: array('the biases'),
    shared: array('all of them, for any number of steps'),
    unshared: array('as many for each step'),
  },
  classes: {
    'with biases': ({ parameters }: CaseView) => parameters.biases,
    'without biases': ({ parameters }: CaseView) => !parameters.biases,
    'one step': ({ parameters }: CaseView) => parameters.steps === 1,
    'several steps': ({ parameters }: CaseView) => parameters.steps > 1,
    'other numbers of inputs, units and outputs': ({ parameters: p }: CaseView) =>
      new Set([p.inputs, p.units, p.outputs]).size === 3,
    'more than 2^31': ({ parameters: { inputs, units, outputs } }: CaseView) =>
      units * (inputs + units + outputs) > 2 ** 31,
  },
})

export const lengthIndependent = clause({
  id: 'rnn.param-count.length-independent',
  title: 'Longer sequences need no more parameters',
  kind: 'count',
  operations: [parameterCount],
  statement:
    'A recurrent network has a weight for each pair of an input and a unit, of two units, and of a unit and an output, and a bias for each unit and each output, whatever the number of steps. With weights of its own for every step, it would have as many for each of them.',
  formula: String.raw`|\theta| = H (I + H + O) + (H + O),\qquad T\, |\theta| \ \text{unshared}`,
  domain: 'At least one input, unit, output and step; anything else is rejected.',
  conventions: [
    {
      choice: 'One bias for the state.',
      others: 'PyTorch and ONNX have two, which makes H more.',
    },
    {
      choice: 'Without sharing, the first step has recurrent weights too, for the state before it.',
      others: 'Where the first state is always 0, those of the first step are never used.',
    },
  ],
  source: {
    notes: [
      [319, 319],
      [328, 328],
      [330, 330],
    ],
    publications: [{ ...deepLearning, where: 'section 10.1' }],
  },
  errata: [],
})
