import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  optional,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { difficulty } from './publications.ts'

/** What a state is made of U x + W h + b by. */
export const activation = choice('tanh', 'sigmoid', 'relu', 'linear')

const withinSequence = {
  says: 'a last step of the sequence',
  argument: 'to',
  holds: ({ T }: Sizes, { end }: Parameters) => end <= T!,
  repair: (parameters: Parameters, { T }: Sizes) => ({
    ...parameters,
    end: Math.min(parameters.end, T!),
  }),
  violate: (parameters: Parameters, { T }: Sizes) => ({ ...parameters, end: T! + 1 }),
}

const notBack = {
  says: 'a first step that is not after the last one',
  argument: 'start',
  holds: (_: unknown, { start, end }: Parameters) => start <= end,
  repair: (parameters: Parameters) => ({
    ...parameters,
    start: Math.min(parameters.start, parameters.end),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, start: parameters.end + 1 }),
}

/** What activations cost, in products. */
export const effort = ({ activation }: Parameters) =>
  activation === 'tanh' ? 4 : activation === 'sigmoid' ? 8 : null

/** How a state depends on an earlier one. */
export const jacobian = operation({
  id: 'bptt.jacobian',
  title: 'Jacobian between the states of two steps',
  level: 'core',
  dimensions: {
    T: free(1, 4, 'time steps'),
    N: free(1, 3, 'sequences of a batch'),
    I: free(1, 3, 'units of the input'),
    H: free(1, 4, 'units of the state'),
  },
  inputs: {
    x: array('the inputs of every step', 'T', 'N', 'I'),
    U: array('the weights from the input to the state', 'H', 'I'),
    W: array('the weights from the state to the next one', 'H', 'H'),
    b: optional(array('the biases', 'H')),
    h0: optional(array('the state before the first step', 'N', 'H')),
  },
  parameters: {
    activation,
    start: integer({ min: 0, upTo: 3 }),
    end: integer({ min: 0, upTo: 4 }),
  },
  constraints: [withinSequence, notBack],
  usual: [
    { sizes: { T: 4, N: 1, H: 4 }, parameters: { activation: 'tanh', start: 0, end: 4 } },
    { sizes: { T: 3, N: 2, H: 3 }, parameters: { activation: 'tanh', start: 1, end: 3 } },
    { sizes: { T: 3, N: 2, H: 3 }, parameters: { activation: 'sigmoid', start: 0, end: 3 } },
    { sizes: { T: 3, N: 3, H: 4 }, parameters: { activation: 'relu', start: 0, end: 3 } },
    { sizes: { T: 4, N: 1, H: 2 }, parameters: { activation: 'linear', start: 0, end: 4 } },
  ],
  work: ({ T, N, I, H }) => T! * N! * H! * (I! + H! + 2 * H! * H!),
  effort,
  sums: 'Its sums are of products of weights with products of the same weights.',
  outputs: {
    J: array('the derivative of each unit later by each unit before', 'N', 'H', 'H'),
  },
  classes: {
    'no step between': ({ parameters: { start, end } }: CaseView) => start === end,
    'one step between': ({ parameters: { start, end } }: CaseView) => end - start === 1,
    'several steps between': ({ parameters: { start, end } }: CaseView) => end - start > 1,
    'from the first state': ({ parameters }: CaseView) => parameters.start === 0,
    'from a later one': ({ parameters }: CaseView) => parameters.start > 0,
    'to the last state': ({ parameters, sizes }: CaseView) => parameters.end === sizes.T,
    'to an earlier one': ({ parameters, sizes }: CaseView) => parameters.end < sizes.T!,
    'several sequences': ({ sizes }: CaseView) => sizes.N! > 1,
    'several units': ({ sizes }: CaseView) => sizes.H! > 1,
    tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
    sigmoid: ({ parameters }: CaseView) => parameters.activation === 'sigmoid',
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'no activation': ({ parameters }: CaseView) => parameters.activation === 'linear',
  },
})

export const conventions = [
  {
    choice: 'Rows of a Jacobian are the units that depend, columns those on which they do.',
    others:
      'Pascanu et al. write the transpose, as gradients that are columns are multiplied by it.',
  },
] as const

export const jacobianProduct = clause({
  id: 'bptt.jacobian-product',
  title: 'How a state depends on an earlier one is a product with a factor for each step',
  kind: 'gradient',
  operations: [jacobian],
  statement:
    'The Jacobian of a state by an earlier one is the product, the last step first, of the slopes at each step times $W$. Over two stretches it is the product of both Jacobians, between a state and itself the identity. Its norm is at most the product of the norms of the factors.',
  formula: String.raw`\frac{\partial h^{(t)}}{\partial h^{(k)}} = \prod_{i = t}^{k + 1} \operatorname{diag}\bigl(\varphi'(a^{(i)})\bigr)\, W,\qquad \Bigl\lVert \frac{\partial h^{(t)}}{\partial h^{(k)}} \Bigr\rVert \le \prod_{i = k + 1}^{t} \bigl\lVert \operatorname{diag}(\varphi'(a^{(i)}))\, W \bigr\rVert`,
  domain: 'Any sequences, and any two steps in order.',
  conventions,
  evaluations: [{ way: 'the last factor first, as gradients go' }],
  source: {
    notes: [
      [382, 382],
      [395, 395],
    ],
    publications: [{ ...difficulty, where: 'equations 5 and 6' }],
  },
  errata: [],
})
