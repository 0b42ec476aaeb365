import { clause } from '../language/clause.ts'
import { array, type CaseView, operation, type Parameters } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'

const withinSequence = {
  says: 'an output of one of the steps',
  argument: 'to',
  holds: (_: unknown, { end, steps }: Parameters) => end <= steps,
  repair: (parameters: Parameters) => ({
    ...parameters,
    end: Math.min(parameters.end, parameters.steps),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, end: parameters.steps + 1 }),
}

const notAhead = {
  says: 'an input that is not later than the output',
  argument: 'start',
  holds: (_: unknown, { start, end }: Parameters) => start <= end,
  repair: (parameters: Parameters) => ({
    ...parameters,
    start: Math.min(parameters.start, parameters.end),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, start: parameters.end + 1 }),
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
    start: integer({ min: 0, upTo: 12, max: 1000 }),
    end: integer({ min: 1, upTo: 12, max: 1000 }),
  },
  constraints: [withinSequence, notAhead],
  usual: [
    { parameters: { steps: 50, start: 1, end: 50 } },
    { parameters: { steps: 200, start: 0, end: 200 } },
  ],
  outputs: {
    layers: array('the hidden layers'),
    recurrent: array('the edges between states on the way'),
    edges: array('all edges on the way'),
  },
  classes: {
    'one step': ({ parameters }: CaseView) => parameters.steps === 1,
    'several steps': ({ parameters }: CaseView) => parameters.steps > 1,
    'from the first state': ({ parameters }: CaseView) => parameters.start === 0,
    'from the first input': ({ parameters }: CaseView) => parameters.start === 1,
    'from a later input': ({ parameters }: CaseView) => parameters.start > 1,
    'to the last output': ({ parameters }: CaseView) => parameters.end === parameters.steps,
    'to an earlier output': ({ parameters }: CaseView) => parameters.end < parameters.steps,
    'an input and the output of its own step': ({ parameters }: CaseView) =>
      parameters.start === parameters.end,
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
