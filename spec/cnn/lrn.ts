import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  type Sizes,
  type Usual,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { maxPool } from './pool.ts'

const lrnDimensions = {
  N: free(1, 2, 'images'),
  H: free(1, 4, 'rows'),
  W: free(1, 4, 'columns'),
  K: free(1, 5, 'channels'),
} as const

/** `radius` numbers on either side make a window of n = 2 · radius + 1. */
const lrnParameters = {
  radius: integer({ min: 0, upTo: 3 }),
  kappa: real({ min: 0, from: 0.5, to: 2, values: [1, 2] }),
  alpha: real({ min: 0, from: 0, to: 1, values: [0, 1e-4, 0.5, 1] }),
  beta: real({ min: 0, from: 0, to: 1.25, values: [0, 0.5, 0.75, 1] }),
} as const

const published = { radius: 2, alpha: 1e-4, beta: 0.75 } as const

/** The published constants, with either of the usual values of κ, and others that are often set. */
const usualNormalization: readonly Usual[] = [
  { parameters: { ...published, kappa: 2 } },
  { parameters: { ...published, kappa: 1 }, sizes: { W: ({ H }) => H! } },
  { parameters: { radius: 1, kappa: 1, alpha: 1, beta: 0.5 } },
  { parameters: { radius: 2, kappa: 1, beta: 0.75 } },
]

/** A power, worth several products, for every number in the window of every feature. */
function normalizationWork(axes: 1 | 2) {
  return ({ N, H, W, K }: Sizes, { radius }: Parameters): number => {
    const reach = (size: number) => Math.min(size, 2 * radius + 1)
    return 2 * N! * H! * W! * K! * (axes === 2 ? reach(H!) * reach(W!) : reach(K!))
  }
}

const common = {
  'a window of one number': ({ parameters }: CaseView) => parameters.radius === 0,
  'the published constants': ({ parameters }: CaseView) =>
    parameters.alpha === 1e-4 || parameters.beta === 0.75,
  'alpha 0': ({ parameters }: CaseView) => parameters.alpha === 0,
  'beta 0': ({ parameters }: CaseView) => parameters.beta === 0,
  'beta 1': ({ parameters }: CaseView) => parameters.beta === 1,
  'kappa not 1': ({ parameters }: CaseView) => parameters.kappa !== 1,
  'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  'channels and rows differ': ({ sizes }: CaseView) => sizes.K !== sizes.H,
  'one channel': ({ sizes }: CaseView) => sizes.K === 1,
} as const

const x = array('the features', 'N', 'H', 'W', 'K')
const y = array('the normalized features', 'N', 'H', 'W', 'K')

/** Each feature is rescaled by those around it in its own channel. */
export const lrnWithin = operation({
  id: 'cnn.lrnWithin',
  title: 'Local response normalization within a channel',
  level: 'core',
  dimensions: lrnDimensions,
  inputs: { x },
  parameters: lrnParameters,
  usual: usualNormalization,
  work: normalizationWork(2),
  effort: () => 1,
  outputs: { y },
  classes: {
    ...common,
    'window cut off at the border': ({ sizes, parameters }: CaseView) =>
      parameters.radius > 0 && sizes.H! > 1,
    'window wider than the image': ({ sizes, parameters }: CaseView) =>
      parameters.radius >= sizes.H! && parameters.radius >= sizes.W!,
    'window inside the image': ({ sizes, parameters }: CaseView) =>
      parameters.radius > 0 && 2 * parameters.radius < Math.min(sizes.H!, sizes.W!),
  },
})

/** Each feature is rescaled by those at its place in the channels around its own. */
export const lrnAcross = operation({
  id: 'cnn.lrnAcross',
  title: 'Local response normalization across channels',
  level: 'core',
  dimensions: lrnDimensions,
  inputs: { x },
  parameters: lrnParameters,
  usual: usualNormalization,
  work: normalizationWork(1),
  effort: () => 1,
  outputs: { y },
  classes: {
    ...common,
    'group cut off at the first and last channel': ({ sizes, parameters }: CaseView) =>
      parameters.radius > 0 && sizes.K! > 1,
    'all channels in every group': ({ sizes, parameters }: CaseView) =>
      parameters.radius >= sizes.K! - 1,
    'a whole group inside the channels': ({ sizes, parameters }: CaseView) =>
      parameters.radius > 0 && 2 * parameters.radius < sizes.K!,
  },
})

/**
 * The α of our convention, which multiplies a sum, for one that multiplies a mean over a window of n
 * places: α / n in Caffe and PyTorch across channels, α / n² in Caffe within a channel.
 */
export function alphaOfSum(alphaOfMean: number, places: number): number {
  return alphaOfMean / places
}

export const krizhevskyLrn = {
  title:
    'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
  where: 'section 3.3',
} as const
const caffe = {
  title: 'Jia et al. (2014), Caffe: convolutional architecture for fast feature embedding',
  where: 'documentation of the LRN layer, WITHIN_CHANNEL',
} as const

const alphaConvention = {
  choice: 'α multiplies the sum of squares, as TensorFlow has it.',
  others:
    'Caffe, PyTorch and ONNX divide α by the number of places of a whole window, n across channels and n² within one; `alphaOfSum` of the specification converts.',
} as const
const windowConvention = {
  choice:
    'A window is given by its radius r, its side n = 2r + 1 is odd, and it is cut off at the border.',
  others: 'Caffe gives n.',
} as const

export const withinChannel = clause({
  id: 'cnn.lrn.within-channel',
  title: 'Within a channel, a feature is divided by a power of the energy around it',
  kind: 'formula',
  operations: [lrnWithin],
  statement:
    'Each feature is divided by $(\\kappa + \\alpha s)^\\beta$, where $s$ is the sum of squares of the features of the same channel in a square of $n \\times n$ places around it, $n = 2r + 1$. Channels do not touch each other. Signs stay; with $\\beta = 0$ nothing changes.',
  formula: String.raw`y_{nijk} = x_{nijk} \Big( \kappa + \alpha \sum_{|p - i| \le r,\ |q - j| \le r} x_{npqk}^2 \Big)^{-\beta}`,
  domain: 'κ > 0, or κ = 0 where no window holds zeros only; α, β ≥ 0; finite features.',
  conventions: [alphaConvention, windowConvention],
  evaluations: [
    { way: '$x \\, s^{-\\beta}$, a product with the power of the negative exponent' },
    { way: 'a quotient by $e^{\\beta \\ln s}$, or by $2^{\\beta \\log_2 s}$' },
    { way: 'a product with $e^{-\\beta \\ln s}$' },
    { way: '$\\kappa$ and every $\\alpha x^2$ in one sum' },
  ],
  source: { notes: [[72, 74]], publications: [caffe] },
  errata: [],
})

export const acrossChannel = clause({
  id: 'cnn.lrn.across-channel',
  title: 'Across channels, a feature is divided by a power of the energy of its group',
  kind: 'formula',
  operations: [lrnAcross],
  statement:
    'Each feature is divided by $(\\kappa + \\alpha s)^\\beta$, where $s$ is the sum of squares over the group $G(k)$: the features at the same place in its own channel and in $r$ channels on either side, as far as there are channels. Places do not touch each other. Reversing the channels reverses the output; other orders of the channels give other groups. With $\\kappa = 0$, $\\alpha = 1$, $\\beta = \\tfrac12$ and a group of all channels, the channels at each place become a vector of length 1.',
  formula: String.raw`y_{nijk} = x_{nijk} \Big( \kappa + \alpha \sum_{q \in G(k)} x_{nijq}^2 \Big)^{-\beta},\qquad G(k) = \{ q : |q - k| \le r,\ 0 \le q < K \}`,
  domain: 'κ > 0, or κ = 0 where no group holds zeros only; α, β ≥ 0; finite features.',
  conventions: [
    alphaConvention,
    {
      choice: 'A group is given by its radius r, as TensorFlow has it; n = 2r + 1 is odd.',
      others: 'Krizhevsky et al. and Caffe give n; PyTorch allows an even n, off centre.',
    },
  ],
  evaluations: [
    { way: '$x \\, s^{-\\beta}$, a product with the power of the negative exponent' },
    { way: 'a quotient by $e^{\\beta \\ln s}$, or by $2^{\\beta \\log_2 s}$' },
    { way: 'a product with $e^{-\\beta \\ln s}$' },
    { way: '$\\kappa$ and every $\\alpha x^2$ in one sum' },
  ],
  source: { notes: [[76, 76]], publications: [krizhevskyLrn] },
  errata: [],
})

export const keepsSize = clause({
  id: 'cnn.lrn.keeps-size',
  title: 'Normalization saves no work: it gives as many numbers as it takes',
  kind: 'count',
  operations: [lrnWithin, lrnAcross, maxPool],
  statement:
    'Both kinds of normalization give a number for every number of the image, so the next layer has as many positions and channels to compute as without it, and the normalization itself comes on top. Pooling with the same windows and a stride leaves fewer: tiles of $h \\times w$ a share of $1 / (hw)$.',
  formula: String.raw`y_{\mathrm{lrn}} \in \mathbb R^{N \times H \times W \times K},\qquad y_{\mathrm{pool}} \in \mathbb R^{N \times \lfloor H/h \rfloor \times \lfloor W/w \rfloor \times K}`,
  domain: 'Any image; pooling without padding, with the stride equal to the kernel.',
  conventions: [],
  source: { notes: [[18, 18]], publications: [krizhevskyLrn] },
  errata: [
    {
      id: 'E-98',
      lines: [18, 18],
      says: 'Local response normalization, like pooling, makes the computational burden smaller.',
      counterexample:
        'Four pixels of 1 under κ = 1, α = 0 stay four numbers, 1, 1, 1, 1, and are as much to compute with as before; pooling in twos leaves one.',
      correction:
        'Only pooling lowers the burden. Normalization was introduced because it lowered the error rate.',
      settledBy: krizhevskyLrn,
    },
  ],
})

export const lightInvariance = clause({
  id: 'cnn.lrn.light-invariance',
  title: 'How far normalization takes out the light',
  kind: 'law',
  operations: [lrnAcross, lrnWithin],
  statement:
    'Light that is $c$ times as bright multiplies all features by $c$. With $\\kappa = 0$ and $\\beta = \\tfrac12$ the output does not change. Otherwise it changes by a factor between $c^{1 - 2\\beta}$ and $c$ for $c \\ge 1$: the change is compressed, not removed. Light that adds the same amount everywhere does change the output in every case.',
  formula: String.raw`y(cx) = g\, y(x),\quad g = c \left( \frac{\kappa + \alpha s}{\kappa + \alpha c^2 s} \right)^{\beta},\qquad c^{1 - 2\beta} \le g \le c \text{ for } c \ge 1`,
  domain: 'c > 0; features of which no group holds zeros only where κ = 0.',
  conventions: [],
  source: { notes: [[70, 70]], publications: [krizhevskyLrn] },
  errata: [
    {
      id: 'E-09',
      lines: [70, 70],
      says: 'After normalization the output is similar whatever the light; no formula is given.',
      counterexample:
        'One feature, κ = 7, α = 1, β = 1: x = 1 gives 1/8, light three times as bright gives 3/16, half as much again.',
      correction:
        'The output is independent of the light only for κ = 0, β = ½ and light that multiplies. With the published κ = 2, α = 10⁻⁴, β = 0.75, a gain of 7 on a group of five features of size 1 comes out as 6.94.',
      settledBy: krizhevskyLrn,
    },
  ],
})
