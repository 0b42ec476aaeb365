import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { lecun } from './publications.ts'

/** A network with one hidden layer of hyperbolic tangents, and what its outputs should be. */
export const tanhNetwork = {
  dimensions: {
    N: free(1, 3, 'samples'),
    D: free(1, 3, 'inputs'),
    M: free(1, 3, 'hidden units'),
    C: free(1, 3, 'outputs'),
  },
  inputs: {
    x: array('the samples, one a row', 'N', 'D'),
    targets: array('what the outputs should be', 'N', 'C'),
    weights1: array('the weights from the inputs to the hidden units', 'D', 'M'),
    bias1: array('the biases of the hidden units', 'M'),
    weights2: array('the weights from the hidden units to the outputs', 'M', 'C'),
    bias2: array('the biases of the outputs', 'C'),
  },
  outputsAre: choice('linear', 'tanh'),
} as const

/** Kinds of case of such a network. */
export const tanhNetworkClasses = {
  'linear outputs': ({ parameters: p }: CaseView) => p.outputs === 'linear',
  'outputs through a tangent': ({ parameters: p }: CaseView) => p.outputs === 'tanh',
  'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
  'several outputs': ({ sizes }: CaseView) => sizes.C! > 1,
} as const

/** The second derivative of the loss by each parameter of a network. */
export const networkCurvature = operation({
  id: 'pruning.networkCurvature',
  title: 'Second derivatives of the loss by each parameter of a network',
  level: 'core',
  dimensions: tanhNetwork.dimensions,
  inputs: tanhNetwork.inputs,
  parameters: {
    method: choice('exact', 'levenberg-marquardt'),
    outputs: tanhNetwork.outputsAre,
  },
  usual: [
    { parameters: { method: 'levenberg-marquardt', outputs: 'tanh' } },
    { sizes: { N: 4, D: 2, M: 2, C: 1 }, parameters: { method: 'exact' } },
  ],
  effort: () => 20,
  saturating: ['x', 'weights1', 'bias1', 'weights2', 'bias2'],
  sums: 'The sums are of squares times products of slopes and errors, and of no products of inputs.',
  outputs: {
    loss: array('the squared errors of all outputs, as a mean over samples'),
    weights1: array('the second derivative by each weight of the first layer', 'D', 'M'),
    bias1: array('the second derivative by each bias of the hidden units', 'M'),
    weights2: array('the second derivative by each weight of the second layer', 'M', 'C'),
    bias2: array('the second derivative by each bias of the outputs', 'C'),
  },
  classes: {
    ...tanhNetworkClasses,
    exact: ({ parameters: p }: CaseView) => p.method === 'exact',
    'without second derivatives of activations': ({ parameters: p }: CaseView) =>
      p.method === 'levenberg-marquardt',
  },
})

/** How many second derivatives a loss has. */
export const hessianSize = operation({
  id: 'pruning.hessianSize',
  title: 'Numbers of second derivatives of a loss',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: { parameters: integer({ min: 1, upTo: 4000, max: 4000 }) },
  usual: [{ parameters: { parameters: 2578 } }],
  outputs: {
    entries: array('all of them'),
    distinct: array('those that differ, since the order of both derivatives does not matter'),
    diagonal: array('those by one parameter twice'),
  },
  classes: {
    'one parameter': ({ parameters: p }: CaseView) => p.parameters === 1,
    'several parameters': ({ parameters: p }: CaseView) => p.parameters > 1,
  },
})

export const secondDerivatives = clause({
  id: 'pruning.obd.second-derivatives',
  title: 'One pass backwards gives the second derivative by every parameter',
  kind: 'formula',
  operations: [networkCurvature],
  statement:
    'As errors are, second derivatives by the inputs $a$ of the activations are passed backwards: from the outputs through squared weights, times the squared slope, plus the second derivative of the activation times the first derivative of the loss behind it. That by a weight is the one at its unit times the square of what the weight receives. With one hidden layer and outputs that depend on their own sums alone, this is exact. The Levenberg–Marquardt approximation leaves out the terms with second derivatives of activations: what is left does not depend on the targets, is never negative, and is exact where the errors are 0.',
  formula: String.raw`E = \frac1N \sum_{n,c} (d_{nc} - y_{nc})^2,\qquad \frac{\partial^2 E}{\partial W_{ij}^2} = \sum_n x_{ni}^2\, \frac{\partial^2 E}{\partial a_{nj}^2},\qquad \frac{\partial^2 E}{\partial a_j^2} = f'(a_j)^2 \sum_c W_{jc}^2\, \frac{\partial^2 E}{\partial a_c^2} + f''(a_j)\, \frac{\partial E}{\partial h_j},\qquad \frac{\partial^2 E}{\partial a_c^2} = \frac2N \bigl( f'(a_c)^2 - (d_c - y_c) f''(a_c) \bigr)`,
  domain:
    'Any samples, targets and parameters of a network with one hidden layer of hyperbolic tangents, its outputs linear or tangents, too.',
  conventions: [
    {
      choice: 'The loss is the squared error without a half, as a mean over samples.',
      others: 'With a half, or as a sum, all second derivatives have that factor.',
    },
    {
      choice: 'Biases are parameters as the weights are: each receives 1.',
      others: 'Many tools do not prune them.',
    },
  ],
  source: {
    notes: [[213, 213]],
    publications: [{ ...lecun, where: 'section 2, the recursion of second derivatives' }],
  },
  errata: [],
})

export const hessianCost = clause({
  id: 'pruning.obd.hessian-cost',
  title: 'All second derivatives are a square of the parameters, those on the diagonal as many',
  kind: 'count',
  operations: [hessianSize],
  statement:
    'A loss of $P$ parameters has $P^2$ second derivatives, of which $P (P + 1) / 2$ differ, since $h_{ij} = h_{ji}$. On the diagonal there are $P$, as many as first derivatives, and a pass backwards gives them all.',
  formula: String.raw`P^2,\qquad \frac{P (P + 1)}2,\qquad P`,
  domain: 'Up to 4000 parameters, so that float32 holds every count exactly.',
  conventions: [],
  source: {
    notes: [
      [213, 213],
      [217, 217],
    ],
    publications: [{ ...lecun, where: 'section 2' }],
  },
  errata: [
    {
      id: 'E-101',
      lines: [217, 217],
      says: 'The method cannot be afforded.',
      counterexample:
        'The network for digits with 2578 parameters: 6,646,084 second derivatives in all, 2578 of which are asked for.',
      correction:
        'All of them could not be. The diagonal costs about as much as one more gradient, which is what the method was made for.',
      settledBy: { ...lecun, where: 'section 2' },
    },
  ],
})
