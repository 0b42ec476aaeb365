import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  type Arranged,
  array,
  type CaseView,
  derived,
  free,
  operation,
  optional,
  type Usual,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { identityMappings, residualLearning } from './publications.ts'

/** What joins the addition: the block's input, or nothing, which leaves the plain layers alone. */
export const shortcut = choice('identity', 'none')

/**
 * Where the rectifiers φ of a block stand:
 * `original` — between its convolutions and after the addition (He et al. 2016, figure 2);
 * `linear` — between its convolutions only;
 * `pre-activation` — before every convolution (He et al. 2016b, figure 4 (e), without normalization).
 */
export const variant = choice('original', 'linear', 'pre-activation')

/** The side of the kernel of both convolutions of a basic block. */
export const three = derived(() => 3, 'side of a 3 × 3 kernel')

export const blockClasses = {
  'identity shortcut': ({ parameters }: CaseView) => parameters.shortcut === 'identity',
  'no shortcut': ({ parameters }: CaseView) => parameters.shortcut === 'none',
  'rectifier after the addition': ({ parameters }: CaseView) => parameters.variant === 'original',
  'no rectifier after the addition': ({ parameters }: CaseView) => parameters.variant === 'linear',
  'rectifier before the convolutions': ({ parameters }: CaseView) =>
    parameters.variant === 'pre-activation',
  'a single row or column': ({ sizes }: CaseView) => sizes.H === 1 || sizes.W === 1,
  'image smaller than the kernel': ({ sizes }: CaseView) => sizes.H! < 3 || sizes.W! < 3,
  'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  'one channel': ({ sizes }: CaseView) => sizes.C === 1,
  'several channels': ({ sizes }: CaseView) => sizes.C! > 1,
} as const

const usualBlocks: readonly Usual[] = [
  { parameters: { shortcut: 'identity', variant: 'original' } },
  { parameters: { shortcut: 'identity', variant: 'pre-activation' } },
  { parameters: { shortcut: 'identity', variant: 'original' }, sizes: { H: 7, W: 7 } },
]

/** A layer that gives on what it gets, so that the sums of another one come out. */
export const passing = (filters: string, bias: string): Readonly<Record<string, Arranged>> => ({
  [filters]: 'identity kernel',
  [bias]: 'zeros',
})

/** Blocks of which a sum comes out as it is, whatever its sign. */
export const plainBlock = { shortcut: 'none', variant: 'linear' } as const

/** A basic residual block: two 3 × 3 convolutions that keep every size, and what they are added to. */
export const block = operation({
  id: 'resnet.block',
  title: 'Basic residual block',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 4, 'rows'),
    W: free(1, 4, 'columns'),
    C: free(1, 3, 'channels'),
    U: three,
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'C'),
    filters1: array('the filters of the first convolution', 'U', 'U', 'C', 'C'),
    bias1: optional(array('its bias', 'C')),
    filters2: array('the filters of the second convolution', 'U', 'U', 'C', 'C'),
    bias2: optional(array('its bias', 'C')),
  },
  parameters: { shortcut, variant },
  usual: usualBlocks,
  sums: [
    {
      sizes: { N: 1, H: 10, W: 10, C: 9 },
      parameters: plainBlock,
      arrays: passing('filters2', 'bias2'),
    },
    {
      sizes: { N: 1, H: 11, W: 11, C: 9 },
      parameters: plainBlock,
      arrays: { x: 'magnitudes', ...passing('filters1', 'bias1') },
    },
  ],
  outputs: { y: array('the output of the block', 'N', 'H', 'W', 'C') },
  classes: blockClasses,
})

/** The gradients of a basic residual block with respect to everything that it takes. */
export const blockGradient = gradientOf(block, {
  title: 'Gradients of the basic residual block',
  sums: [
    // By the filters: what each layer is given is known.
    {
      sizes: { N: 2, H: 7, W: 7, C: 9 },
      parameters: plainBlock,
      arrays: {
        x: 'magnitudes',
        ...passing('filters1', 'bias1'),
        ...passing('filters2', 'bias2'),
      },
    },
    // By the image, through one layer after the other; of zeros only biases are left, so that all passes.
    {
      sizes: { N: 1, H: 6, W: 6, C: 9 },
      parameters: plainBlock,
      arrays: { x: 'zeros', bias1: 'ones', filters2: 'identity kernel' },
    },
    {
      sizes: { N: 1, H: 6, W: 6, C: 9 },
      parameters: plainBlock,
      arrays: { x: 'zeros', bias1: 'ones', filters1: 'identity kernel' },
    },
  ],
})

/** Choices that every clause on blocks makes. */
export const conventions = [
  {
    choice: 'No batch normalization: its effect in inference is part of filters and biases.',
    others: 'The publications normalize after (2016) or before (2016b) every convolution.',
  },
  {
    choice: 'The slope of the rectifier at 0 is 0.',
    others: 'Any number from 0 to 1 is a subgradient; frameworks agree on 0.',
  },
] as const

export const forward = clause({
  id: 'resnet.block.forward',
  title: 'A block adds its input to what its layers compute',
  kind: 'formula',
  operations: [block],
  statement:
    'The output is the input plus the branch $F$, the response of the two convolutions, which has the shape of the input; what is learned is the difference $F = H - \\mathrm{id}$. The original block rectifies this sum; the linear and the pre-activation block do not.',
  formula: String.raw`H(x) = x + F(x),\quad F(x) = W_2 * \varphi(W_1 * x + b_1) + b_2,\qquad y = \varphi(H(x))\ \text{or}\ H(x);\qquad F_{\mathrm{pre}}(x) = W_2 * \varphi(W_1 * \varphi(x) + b_1) + b_2`,
  domain: 'Finite numbers; every number of rows, columns and channels from 1 on.',
  conventions,
  source: {
    notes: [[108, 110]],
    publications: [{ ...residualLearning, where: 'equation 1' }],
  },
  errata: [],
})

export const identityFree = clause({
  id: 'resnet.block.identity-free',
  title: 'With all weights zero a block is the identity',
  kind: 'law',
  operations: [block],
  statement:
    'When all filters and biases are zero, the block with an identity shortcut returns its input to the bit, and so does a stack of such blocks. With the rectifier after the addition it returns the rectified input: the identity only where no element is negative.',
  formula: String.raw`W_1 = W_2 = 0,\ b_1 = b_2 = 0 \;\Rightarrow\; H(x) = x,\quad \varphi(H(x)) = \max(x, 0)`,
  domain: 'Any images; finite numbers.',
  conventions,
  source: {
    notes: [[110, 110]],
    publications: [{ ...residualLearning, where: 'section 3.1' }],
  },
  errata: [],
})

export const gradient = clause({
  id: 'resnet.block.gradient',
  title: 'The shortcut adds the gradient of the output to that of the branch',
  kind: 'gradient',
  operations: [blockGradient],
  statement:
    'The Jacobian of a block is the identity plus the Jacobian of its branch, so the gradient by the input is the gradient $g$ that arrives at the addition plus what the branch sends back. The gradients by the filters and biases have no such term: they are those of the branch alone.',
  formula: String.raw`\frac{\partial H}{\partial x} = I + J_F(x),\qquad \nabla_x E = g + J_F(x)^\top g,\qquad g = \nabla_H E`,
  domain: 'Points where no rectifier stands at its bend; there its slope counts as 0.',
  conventions,
  source: {
    notes: [[112, 112]],
    publications: [
      { ...identityMappings, where: 'equation 5' },
      { ...residualLearning, where: 'section 3.2' },
    ],
  },
  errata: [],
})
