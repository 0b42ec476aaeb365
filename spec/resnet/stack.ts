import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  derived,
  free,
  type LongSums,
  operation,
  type Sizes,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { shortcut } from './block.ts'
import { identityMappings } from './publications.ts'

/** What a layer does with W x + b: nothing, or tanh, which has a derivative everywhere. */
export const activation = choice('linear', 'tanh')

/** So many samples of one layer; a further one would weigh the sums of the one before it. */
const singleLayers = (count: number): readonly LongSums[] =>
  Array.from({ length: count }, () => ({
    sizes: { L: 1, D: 64 },
    parameters: { shortcut: 'identity', activation: 'linear' },
  }))

/** A stack of layers, plain or each with an identity shortcut and nothing after the addition. */
export const stack = operation({
  id: 'resnet.stack',
  title: 'Stack of plain or residual layers',
  level: 'core',
  dimensions: {
    L: free(1, 3, 'layers'),
    D: free(1, 3, 'units of a layer'),
    States: derived(({ L }: Sizes) => L! + 1, 'the input and what each layer gives'),
  },
  inputs: {
    x: array('the input', 'D'),
    weights: array('the weights of each layer, from units to units', 'L', 'D', 'D'),
    biases: array('the biases of each layer', 'L', 'D'),
  },
  parameters: { shortcut, activation },
  usual: [
    { parameters: { shortcut: 'identity', activation: 'tanh' } },
    { parameters: { shortcut: 'none', activation: 'tanh' } },
  ],
  effort: ({ activation }) => (activation === 'tanh' ? 4 : null),
  sums: singleLayers(6),
  outputs: {
    y: array('what the last layer gives', 'D'),
    states: array('the input and what every layer gives', 'States', 'D'),
    branches: array('what every layer computes, before its shortcut is added', 'L', 'D'),
  },
  states: ['states', 'branches'],
  classes: {
    residual: ({ parameters }: CaseView) => parameters.shortcut === 'identity',
    plain: ({ parameters }: CaseView) => parameters.shortcut === 'none',
    'linear layers': ({ parameters }: CaseView) => parameters.activation === 'linear',
    'tanh layers': ({ parameters }: CaseView) => parameters.activation === 'tanh',
    'one layer': ({ sizes }: CaseView) => sizes.L === 1,
    'several layers': ({ sizes }: CaseView) => sizes.L! > 1,
    'one unit': ({ sizes }: CaseView) => sizes.D === 1,
  },
})

/** The gradients of a stack of plain or residual layers. */
export const stackGradient = gradientOf(stack, {
  title: 'Gradients of a stack of plain or residual layers',
  from: ['y'],
  sums: singleLayers(16),
  // For the bound of each derivative by a weight, errors are carried back through every layer.
  work: ({ L, D }) => (L! * (L! - 1) * D! ** 4) / 300,
})

/** The Jacobian of a residual stack, and the products of Jacobians of branches that it is the sum of. */
export const jacobianPaths = operation({
  id: 'resnet.jacobianPaths',
  title: 'Jacobian of a residual stack as a sum over its paths',
  level: 'core',
  dimensions: {
    L: free(1, 4, 'layers'),
    D: free(1, 3, 'units of a layer'),
    Paths: derived(({ L }: Sizes) => 2 ** L!, 'subsets of the layers'),
  },
  inputs: { jacobians: array('the Jacobian of the branch of each layer', 'L', 'D', 'D') },
  parameters: {},
  usual: [{ sizes: { D: 1 } }, { sizes: { L: 2, D: 2 } }],
  sums: [{ sizes: { L: 2, D: 64 } }],
  work: ({ L, D, Paths }) => Paths! * L! * D! ** 3,
  outputs: {
    jacobian: array('the Jacobian of the stack', 'D', 'D'),
    paths: array(
      'the product for each subset; bit l says whether layer l is passed',
      'Paths',
      'D',
      'D',
    ),
  },
  classes: {
    'one layer': ({ sizes }) => sizes.L === 1,
    'four layers': ({ sizes }) => sizes.L === 4,
    'one unit': ({ sizes }) => sizes.D === 1,
    'several units': ({ sizes }) => sizes.D! > 1,
  },
})

const conventions = [
  {
    choice: 'Columns: a layer computes W x + b.',
    others: 'Layers on batches of rows compute x W + b.',
  },
] as const

const pascanu = {
  title: 'Pascanu, Mikolov, Bengio (2013), On the difficulty of training recurrent neural networks',
  where: 'section 2.1',
} as const

export const gradientProduct = clause({
  id: 'resnet.plain.gradient-product',
  title: 'In a plain stack the gradient passes through the product of all Jacobians',
  kind: 'gradient',
  operations: [stack, stackGradient],
  statement:
    'The gradient by the input of a plain stack is the gradient by its output times the transposed Jacobian of every layer, the last layer first. Its norm is at most that of the output’s gradient times the product of the norms of the Jacobians; where each is at most $q < 1$, it decays at least as fast as $q^L$. Nothing is said where some norms are larger.',
  formula: String.raw`\nabla_{x_0} E = J_0^\top J_1^\top \cdots J_{L-1}^\top\, \nabla_{x_L} E,\qquad \lVert \nabla_{x_0} E \rVert \le \Bigl(\prod_l \lVert J_l \rVert\Bigr) \lVert \nabla_{x_L} E \rVert \le q^L \lVert \nabla_{x_L} E \rVert`,
  domain: 'Layers $\\psi(W x + b)$ with $\\psi$ the identity or tanh; any number of layers.',
  conventions: [
    ...conventions,
    {
      choice: 'The norm of a Jacobian is bounded by its Frobenius norm, which is never smaller.',
      others: 'The largest singular value gives the sharpest such bound.',
    },
  ],
  source: { notes: [[112, 112]], publications: [pascanu] },
  errata: [],
})

export const gradientHighway = clause({
  id: 'resnet.stack.gradient-highway',
  title: 'A residual stack adds its input to its output, and its gradients likewise',
  kind: 'gradient',
  operations: [stack, stackGradient, jacobianPaths],
  statement:
    'The output of a residual stack is its input plus the sum of all branches. Its Jacobian, the product of all $I + J_i$, is the sum over the $2^L$ subsets of its layers of the products of their Jacobians; the empty subset gives the identity, so the gradient of the output arrives at every layer as one summand. The whole gradient may be smaller or larger: between $(1 - \\epsilon)^L$ and $(1 + \\epsilon)^L$ times it in norm, when every branch has a Jacobian of norm at most $\\epsilon < 1$.',
  formula: String.raw`x_L = x_l + \sum_{i=l}^{L-1} F_i(x_i),\qquad \frac{\partial x_L}{\partial x_l} = \prod_{i=L-1}^{l} (I + J_i) = \sum_{S \subseteq \{l..L-1\}} \prod_{i \in S} J_i,\qquad (1-\epsilon)^{L-l} \lVert g \rVert \le \lVert \nabla_{x_l} E \rVert \le (1+\epsilon)^{L-l} \lVert g \rVert`,
  domain: 'Identity shortcuts with nothing after the addition; layers $\\psi(W x + b)$.',
  conventions,
  source: {
    notes: [
      [112, 115],
      [119, 119],
    ],
    publications: [
      { ...identityMappings, where: 'equations 4 and 5' },
      {
        title:
          'Veit, Wilber, Belongie (2016), Residual networks behave like ensembles of relatively shallow networks',
        where: 'section 3',
      },
    ],
  },
  errata: [
    {
      id: 'E-15',
      lines: [112, 119],
      says: 'The gradient reaches the first layers unchanged, and is guaranteed to be large there.',
      counterexample:
        'One layer with F(x) = −x: the output is 0 whatever the input, so the gradient 1 arrives as 1 − 1 = 0. With F(x) = −0.9 x a tenth arrives per layer.',
      correction:
        'An additive part of the gradient is unchanged; what the branches add to it may cancel it. And the clean statement needs that nothing follows the addition.',
      settledBy: { ...identityMappings, where: 'equation 5' },
    },
  ],
})
