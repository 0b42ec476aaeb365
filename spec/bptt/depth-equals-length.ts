import { clause } from '../language/clause.ts'
import { array, type CaseView, operation, type Parameters } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'

const withinSequence = {
  says: 'an output of one of the steps',
  argument: 'to',
  holds: (_: unknown, { to, steps }: Parameters) => to <= steps,
  repair: (parameters: Parameters) => ({
    ...parameters,
    to: Math.min(parameters.to, parameters.steps),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, to: parameters.steps + 1 }),
}

const notAhead = {
  says: 'an input that is not later than the output',
  argument: 'from',
  holds: (_: unknown, { from, to }: Parameters) => from <= to,
  repair: (parameters: Parameters) => ({
    ...parameters,
    from: Math.min(parameters.from, parameters.to),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, from: parameters.to + 1 }),
}

/** How deep a recurrent network is, once it is unfolded. */
export const unfoldedDepth = operation({
  id: 'bptt.unfoldedDepth',
  title: 'Depth of an unfolded recurrent network',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    steps: integer({ min: 1, upTo: 12, max: 1000 }),
    from: integer({ min: 0, upTo: 12, max: 1000 }),
    to: integer({ min: 1, upTo: 12, max: 1000 }),
  },
  constraints: [withinSequence, notAhead],
  usual: [
    { parameters: { steps: 50, from: 1, to: 50 } },
    { parameters: { steps: 200, from: 0, to: 200 } },
  ],
  outputs: {
    layers: array('the hidden layers'),
    recurrent: array('the edges between states on the way'),
    edges: array('all edges on the way'),
  },
  classes: {
    'one step': ({ parameters }: CaseView) => parameters.steps === 1,
    'several steps': ({ parameters }: CaseView) => parameters.steps > 1,
    'from the first state': ({ parameters }: CaseView) => parameters.from === 0,
    'from the first input': ({ parameters }: CaseView) => parameters.from === 1,
    'from a later input': ({ parameters }: CaseView) => parameters.from > 1,
    'to the last output': ({ parameters }: CaseView) => parameters.to === parameters.steps,
    'to an earlier output': ({ parameters }: CaseView) => parameters.to < parameters.steps,
    'an input and the output of its own step': ({ parameters }: CaseView) =>
      parameters.from === parameters.to,
  },
})

export const depthEqualsLength = clause({
  id: 'bptt.depth-equals-length',
  title: 'A recurrent network is as deep as its sequence is long',
  kind: 'count',
  operations: [unfoldedDepth],
  statement:
    'Unfolded over $T$ steps, a recurrent network has $T$ hidden layers. From the state before the first step to the output of step $t$ a gradient goes through $t$ edges between states, from the input of step $s$ through $t - s$; one edge more leads to the output, and one from an input to its state.',
  formula: String.raw`h^{(0)} \to \hat y^{(t)}:\ t + 1 \text{ edges},\ t \text{ of them recurrent};\qquad x^{(s)} \to \hat y^{(t)}:\ t - s + 2 \text{ edges},\ t - s \text{ of them recurrent}`,
  domain: 'One hidden layer; step 0 stands for the first state.',
  conventions: [
    {
      choice: 'An edge is one multiplication by weights.',
      others: 'Counted in nodes, a way has one more of them.',
    },
  ],
  source: {
    notes: [[399, 399]],
    publications: [{ ...deepLearning, where: 'section 10.7' }],
  },
  errata: [],
})
