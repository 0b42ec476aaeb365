import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  nonnegative,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { integer, list, real } from '../language/parameter.ts'
import { discriminatorArrays, rate, sizesOfBoth } from './network.ts'
import { gulrajani, wassersteinGan } from './publications.ts'
import {
  batchesOfCritic,
  classesOfCriticSteps,
  gradientPenalty,
  gradientPenaltyGradient,
  penalizedCritic,
  penaltyPoints,
  stepsOfCritic,
  workOfCritic,
} from './wgan-penalty.ts'

const limit = real({ min: 2 ** -20, from: 0.01, to: 2, values: [0.01, 0.5, 1] })

const { M, X, Hd } = sizesOfBoth

/** What a critic gives for samples, and how it changes with them. */
export const criticSlopes = operation({
  id: 'gan.criticSlopes',
  title: 'What a critic gives, and its gradient by each sample',
  level: 'core',
  dimensions: { M, X, Hd },
  inputs: { ...discriminatorArrays, x: array('the samples', 'M', 'X') },
  parameters: {},
  usual: [{ sizes: { M: 4, X: 2, Hd: 8 } }, { sizes: { M: 8, X: 3, Hd: 6 } }],
  work: workOfCritic,
  effort: () => 6,
  sums: 'Factors are hidden units, which have errors of their own.',
  outputs: {
    values: array('what the critic gives for each sample', 'M'),
    slopes: array('its gradient by each sample', 'M', 'X'),
  },
  classes: {
    'one sample': ({ sizes }: CaseView) => sizes.M === 1,
    'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
    'several features': ({ sizes }: CaseView) => sizes.X! > 1,
  },
})

/** Steps of a critic whose parameters are kept between limits. */
export const clippedCritic = operation({
  id: 'gan.clippedCritic',
  title: 'Steps of a critic with clipped weights',
  ...stepsOfCritic,
  inputs: { ...discriminatorArrays, ...batchesOfCritic },
  parameters: { rate, limit },
  usual: [
    { sizes: { T: 5, M: 4, X: 2, Hd: 8 }, parameters: { rate: 0.01, limit: 0.01 } },
    { sizes: { T: 2, M: 8, X: 2, Hd: 6 }, parameters: { rate: 0.125, limit: 0.5 } },
    { sizes: { T: 1, M: 2, X: 3, Hd: 4 }, parameters: { rate: 0.125, limit: 1 } },
  ],
  classes: {
    'a weight that is clipped before any step': ({ inputs, parameters: p }: CaseView) =>
      inputs.discriminatorHidden!.data.some((v: number) => Math.abs(v) > p.limit),
    'no rate': ({ parameters: p }: CaseView) => p.rate === 0,
    ...classesOfCriticSteps,
  },
})

/** How steep a critic of a few layers can be, all weights of which are within limits. */
export const slopeBound = operation({
  id: 'gan.slopeBound',
  title: 'Bound of the slopes of a critic with clipped weights',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    widths: list(integer({ min: 1, upTo: 64, max: 65_536 }), { min: 2, max: 5 }),
    limit,
  },
  usual: [
    { parameters: { widths: [2, 8, 1], limit: 0.01 } },
    { parameters: { widths: [784, 128, 1], limit: 0.01 } },
  ],
  effort: () => 8,
  outputs: { bound: nonnegative('the largest slope that there can be') },
  classes: {
    'one layer': ({ parameters: p }: { readonly parameters: Parameters }) => p.widths.length === 2,
    'several layers': ({ parameters: p }: { readonly parameters: Parameters }) =>
      p.widths.length > 2,
  },
})

export const lipschitz = clause({
  id: 'gan.wgan.lipschitz',
  title: 'Clipped weights limit the slopes of a critic, and a penalty draws them to 1',
  kind: 'algorithm',
  operations: [
    criticSlopes,
    clippedCritic,
    slopeBound,
    penaltyPoints,
    gradientPenalty,
    gradientPenaltyGradient,
    penalizedCritic,
  ],
  statement:
    'A critic climbs $\\frac1m \\sum f(x_i) - \\frac1m \\sum f(\\tilde x_i)$ with its slopes held in check. By clipping: after each step, not before, every parameter is brought to the nearest number from $-c$ to $c$; no slope of a network with hidden units whose own slopes are at most 1 is then above $\\prod_l c \\sqrt{m_l n_l}$, for layers from $m_l$ to $n_l$ units. Such a critic measures a multiple of the distance, and that multiple is not known. By a penalty: a critic minimizes $\\lambda \\frac1m \\sum_i (\\lVert \\nabla f(\\hat x_i) \\rVert - 1)^2$ as well, at points between a real and a generated sample, with one share a sample and the norm over all axes of a sample together. Its gradient by the parameters goes through the gradient of the critic: biases get none, since the slope of a hidden unit does not change with them but where it jumps. At a slope of 0, where the norm has no derivative, it is 0.',
  formula: String.raw`\begin{aligned} &w \leftarrow \max(-c, \min(c,\, w + \eta \nabla_w E)),\qquad E = \tfrac1m \textstyle\sum_i f(x_i) - \tfrac1m \sum_i f(\tilde x_i) \\ &w \leftarrow w + \eta \nabla_w \bigl(E - \lambda \tfrac1m \textstyle\sum_i (\lVert \nabla f(\hat x_i) \rVert_2 - 1)^2\bigr),\qquad \hat x_i = \varepsilon_i x_i + (1 - \varepsilon_i) \tilde x_i \end{aligned}`,
  domain:
    'Any finite samples and parameters; limits above 0, rates and weights that are not negative.',
  conventions: [
    {
      choice:
        'Steps are plain gradient steps, for the critic of one hidden layer with leaky units.',
      others: 'The publications take RMSProp and Adam.',
    },
    {
      choice: 'Biases are clipped as weights are.',
      others: 'Slopes do not depend on them, so that some leave them out.',
    },
    {
      choice: 'Slopes longer and shorter than 1 are penalized alike.',
      others: 'The one-sided penalty, max(0, ‖∇f‖ − 1)², leaves shorter ones alone.',
    },
    {
      choice: 'The gradient of the penalty at a slope of 0 is 0.',
      others:
        'Automatic differentiation of a root of squares gives NaN there, or code adds a small number below the root.',
    },
  ],
  source: {
    notes: [[713, 713]],
    publications: [
      { ...wassersteinGan, where: 'algorithm 1 and section 3' },
      { ...gulrajani, where: 'equation 3 and algorithm 1' },
    ],
  },
  errata: [],
})
