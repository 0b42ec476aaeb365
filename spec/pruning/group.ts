import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { l2Penalty } from './l2.ts'
import { parikh, scardapane, yuan } from './publications.ts'

const dimensions = {
  G: free(1, 4, 'groups: the units whose connections are removed together'),
  D: free(1, 4, 'weights of a group'),
} as const
const inputs = { weights: array('the weights, a group a row', 'G', 'D') } as const
const penalty = real({ min: 0, from: 0, to: 4, values: [0, 0.5, 1, 2] })

/** The squared norms of the groups of a case. */
const squares = ({ inputs: { weights }, sizes: { G, D } }: CaseView): readonly number[] =>
  Array.from({ length: G! }, (_, g) =>
    Array.from(weights!.data.slice(g * D!, (g + 1) * D!)).reduce(
      (sum: number, w) => sum + w * w,
      0,
    ),
  )

const classes = {
  'a group of zeros': (the: CaseView) => squares(the).includes(0),
  'a group with some weight that is not 0': (the: CaseView) => squares(the).some((s) => s > 0),
  'groups of one weight': ({ sizes }: CaseView) => sizes.D === 1,
  'one group': ({ sizes }: CaseView) => sizes.G === 1,
  'no penalty': ({ parameters: p }: CaseView) => p.penalty === 0,
} as const

const norms = 'The sums are squares of norms, by whose roots each weight is divided.'

/** The penalty of the norms of groups, which are not squared. */
export const groupPenalty = operation({
  id: 'pruning.groupPenalty',
  title: 'Penalty of the norms of groups of weights',
  level: 'core',
  dimensions,
  inputs,
  parameters: { penalty },
  usual: [{ parameters: { penalty: 1e-4 } }, { parameters: { penalty: 0.01 } }],
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { value: array('the penalty') },
  classes,
})

/** Its gradient. */
export const groupPenaltyGradient = gradientOf(groupPenalty, {
  title: 'Gradient of the penalty of the norms of groups of weights',
  sums: norms,
})

/** Its proximal step: every group shrinks as a whole, or vanishes. */
export const groupStep = operation({
  id: 'pruning.groupStep',
  title: 'Proximal step of the penalty of the norms of groups: block soft threshold',
  level: 'core',
  dimensions,
  inputs,
  parameters: { penalty },
  usual: [{ parameters: { penalty: 0.01 } }, { parameters: { penalty: 0.5 }, sizes: { D: 4 } }],
  sums: norms,
  outputs: { weights: array('the weights after the step', 'G', 'D') },
  classes: {
    ...classes,
    'a group that vanishes': (the: CaseView) =>
      squares(the).some((s) => s > 0 && s < the.parameters.penalty ** 2 * the.sizes.D!),
    'a group that stays': (the: CaseView) =>
      the.parameters.penalty > 0 &&
      squares(the).some((s) => s > the.parameters.penalty ** 2 * the.sizes.D!),
    'a norm equal to the threshold': (the: CaseView) =>
      squares(the).some((s) => s > 0 && s === the.parameters.penalty ** 2 * the.sizes.D!),
  },
})

const lines = [
  [230, 230],
  [232, 232],
] as const

export const group = clause({
  id: 'pruning.group-l2.penalty',
  title: 'The penalty of the norms of groups makes all weights of a group 0 at once',
  kind: 'formula',
  operations: [groupPenalty, groupPenaltyGradient, groupStep],
  statement:
    'The penalty is the sum of the Euclidean norms of the groups, none of them squared, with the factor $\\lambda$ and the root of the size of a group. Its gradient has in every group that is not all zeros the same length, $\\lambda \\sqrt D$, and the direction of the group. Its proximal step, weights nearest to the given ones with the penalty added, takes that length from the norm of each group and leaves its direction; a group whose norm is no more than that becomes exactly 0 as a whole. With one weight to a group it is the penalty of magnitudes.',
  formula: String.raw`R(W) = \lambda \sqrt D \sum_g \lVert w_g \rVert,\qquad \frac{\partial R}{\partial w_g} = \lambda \sqrt D\, \frac{w_g}{\lVert w_g \rVert},\qquad \operatorname{prox}_R(w_g) = \max\Bigl(0,\; 1 - \frac{\lambda \sqrt D}{\lVert w_g \rVert}\Bigr)\, w_g`,
  domain: 'Any weights in groups of one size, and a penalty that is not negative.',
  conventions: [
    {
      choice:
        'The root of the size of a group is a factor, so that groups of all sizes cost alike.',
      others: 'Without it the threshold is λ itself: our λ divided by the root.',
    },
    {
      choice: 'At a group of zeros the gradient is 0.',
      others:
        'Any vector no longer than $\\lambda\\sqrt D$ is a subgradient there; code that divides by the norm gives NaN.',
    },
  ],
  evaluations: [
    { way: 'the factor $(\\lVert w_g \\rVert - \\lambda\\sqrt D) / \\lVert w_g \\rVert$' },
    { way: 'the direction $w_g / \\lVert w_g \\rVert$ first, times what is left of the norm' },
  ],
  source: {
    notes: lines,
    publications: [
      { ...yuan, where: 'section 2' },
      { ...scardapane, where: 'section 3' },
      { ...parikh, where: 'section 6.5.1' },
    ],
  },
  errata: [
    {
      id: 'E-25',
      lines: [232, 232],
      says: 'A group-wise L2 penalty drives all weights of a group towards zero; whether norms or their squares are added is not said.',
      counterexample:
        'One group 1, 1, 1, 1, whose norm is 2, and λ = 1: the penalty of norms takes all of it away. Squared, it is the quadratic penalty of all weights, halves every one of them, and takes none away.',
      correction:
        'The norms must not be squared; the sum of their squares knows nothing of groups.',
      settledBy: { ...yuan, where: 'section 2' },
    },
  ],
})

export const contrast = clause({
  id: 'pruning.group-l2.contrast',
  title: 'The penalty of norms prefers few groups; the quadratic one does not know groups',
  kind: 'law',
  operations: [groupPenalty, l2Penalty],
  statement:
    'With the same sum of squares, the quadratic penalty is the same however the weights are spread over groups. The sum of norms is at least the norm of all weights, which it is where one group has them all, and at most $\\sqrt G$ times that, which it is where all groups have the same norm: so it is the smaller, the fewer units the weights are in.',
  formula: String.raw`\lVert W \rVert \le \sum_g \lVert w_g \rVert \le \sqrt G\, \lVert W \rVert`,
  domain: 'Any weights in groups of one size.',
  conventions: [],
  source: {
    notes: lines,
    publications: [{ ...scardapane, where: 'section 3' }],
  },
  errata: [],
})
