import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { deepLearning } from './publications.ts'
import { twoLayers } from './threshold.ts'

const { Layers: _, ...dimensions } = twoLayers.dimensions
const decay = real({ min: 0, from: 0, to: 4, values: [0, 0.5, 1, 2] })
const classes = {
  'no decay': ({ parameters }: CaseView) => parameters.decay === 0,
  'some decay': ({ parameters }: CaseView) => parameters.decay > 0,
} as const

/** The quadratic penalty of both layers of a network. */
export const l2Penalty = operation({
  id: 'pruning.l2Penalty',
  title: 'Quadratic penalty of the weights of a network',
  level: 'core',
  dimensions,
  inputs: twoLayers.inputs,
  parameters: { decay },
  usual: [{ parameters: { decay: 1e-4 } }, { parameters: { decay: 5e-4 } }],
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { penalty: array('half the decay times the sum of all squares') },
  classes,
})

/** Its gradients. */
export const l2PenaltyGradient = gradientOf(l2Penalty, {
  title: 'Gradients of the quadratic penalty of the weights of a network',
})

/** One step of gradient descent on the loss and the penalty. */
export const l2Step = operation({
  id: 'pruning.l2Step',
  title: 'Step of gradient descent with a quadratic penalty',
  level: 'core',
  dimensions: { P: free(1, 5, 'weights') },
  inputs: {
    weights: array('the weights', 'P'),
    gradient: array('the gradient of the loss alone', 'P'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 1, values: [0.125, 0.5, 1] }),
    decay,
  },
  usual: [{ parameters: { rate: 0.1, decay: 1e-4 } }, { parameters: { rate: 0.01, decay: 5e-4 } }],
  outputs: { weights: array('the weights after the step', 'P') },
  classes,
})

/** The weights at which a loss with independent curvatures and the penalty together are smallest. */
export const l2Minimum = operation({
  id: 'pruning.l2Minimum',
  title: 'Minimum of a separable quadratic loss with a quadratic penalty',
  level: 'core',
  dimensions: { P: free(1, 5, 'weights') },
  inputs: {
    trained: array('the weights at which the loss alone is smallest', 'P'),
    curvature: nonnegative('the second derivative of the loss by each weight', 'P'),
  },
  parameters: { decay: real({ min: 0, open: true, from: 0.125, to: 4, values: [0.5, 1, 2] }) },
  usual: [{ parameters: { decay: 0.01 } }],
  outputs: { weights: array('the weights at which both together are smallest', 'P') },
  classes: {
    'a loss that is flat in a weight': ({ inputs }: CaseView) => inputs.curvature!.data.includes(0),
    'curvatures that differ': ({ inputs }: CaseView) => new Set(inputs.curvature!.data).size > 1,
    'a trained weight of 0': ({ inputs }: CaseView) => inputs.trained!.data.includes(0),
  },
})

const source = { ...deepLearning, where: 'section 7.1.1' } as const

export const l2 = clause({
  id: 'pruning.l2.penalty',
  title: 'The quadratic penalty is half the decay times the sum of all squared weights',
  kind: 'formula',
  operations: [l2Penalty],
  statement:
    'The penalty sums the squares of the weights of both layers and is added to the loss, which it is not a part of. It is never negative, and 0 only where all weights are, or without decay. A factor of the weights is a factor of the penalty, squared. Where the squares are, and in which layer, does not matter.',
  formula: String.raw`R(W_1, W_2) = \frac\varepsilon2 \Bigl( \sum_{i,j} (W_1)_{ij}^2 + \sum_{i,j} (W_2)_{ij}^2 \Bigr),\qquad R(c W_1, c W_2) = c^2 R(W_1, W_2)`,
  domain: 'Any weights, and a decay ε that is not negative.',
  conventions: [
    {
      choice: 'The factor is ε/2.',
      others: 'Keras has no half: its factor is half of ours for the same penalty.',
    },
  ],
  source: {
    notes: [
      [202, 202],
      [205, 205],
    ],
    publications: [{ ...source, where: 'section 7.1.1, equation 7.2' }],
  },
  errata: [],
})

export const l2Gradient = clause({
  id: 'pruning.l2.gradient',
  title: 'Its gradient is the decay times each weight, and shrinks every weight by the same share',
  kind: 'gradient',
  operations: [l2PenaltyGradient, l2Step],
  statement:
    'The derivative of the penalty by a weight is $\\varepsilon$ times the weight. A step of gradient descent therefore multiplies every weight by $1 - \\eta\\varepsilon$ and then follows the loss. Where the loss has no gradient, $t$ steps leave $(1 - \\eta\\varepsilon)^t$ of each weight: smaller and smaller, and 0 in no step unless $\\eta\\varepsilon = 1$.',
  formula: String.raw`\frac{\partial R}{\partial W} = \varepsilon W,\qquad w' = w - \eta (g + \varepsilon w) = (1 - \eta \varepsilon) w - \eta g`,
  domain: 'Any weights, rates and decays that are not negative.',
  conventions: [
    {
      choice: 'The decay is part of the gradient, so that the rate multiplies it.',
      others:
        'Decoupled decay (AdamW) is the same for plain gradient descent, and another step where gradients are rescaled or gathered by momentum.',
    },
  ],
  evaluations: [
    { way: 'the decay as a factor, $(1 - \\eta\\varepsilon) w - \\eta g$' },
    { way: 'by the slope of a square, $(\\frac{\\varepsilon}{2} g) (2 w)$' },
  ],
  source: {
    notes: [[205, 205]],
    publications: [{ ...source, where: 'section 7.1.1, equations 7.3 to 7.5' }],
  },
  errata: [],
})

export const l2Shrinkage = clause({
  id: 'pruning.l2.shrinkage',
  title: 'With a quadratic penalty weights become small, not zero',
  kind: 'theorem',
  operations: [l2Minimum],
  statement:
    'For a quadratic loss whose weights do not interact, with curvatures $h_i$ and its minimum at $\\hat w$, loss and penalty together are smallest where each weight is $h_i / (h_i + \\varepsilon)$ of what it was. Magnitudes never rise with the decay, so that no fewer weights are below a given threshold; but where the loss is curved, a weight that was not 0 is not 0 for any decay. What the loss hardly depends on shrinks most.',
  formula: String.raw`w_i = \operatorname*{arg\,min}_w \frac{h_i}2 (w - \hat w_i)^2 + \frac\varepsilon2 w^2 = \frac{h_i}{h_i + \varepsilon}\, \hat w_i`,
  domain: 'Any minimum of the loss, curvatures that are not negative, and a decay above 0.',
  conventions: [
    {
      choice: 'Weights that do not interact: the Hessian of the loss is diagonal.',
      others:
        'In general $(H + \\varepsilon I) w = H \\hat w$; the length still never rises, while a single weight may pass through 0 by coincidence.',
    },
  ],
  evaluations: [
    { way: 'the share $h / (h + \\varepsilon)$ first' },
    { way: 'the product $h \\hat w$ first' },
  ],
  source: {
    notes: [
      [190, 190],
      [202, 202],
    ],
    publications: [{ ...source, where: 'section 7.1.1, equations 7.10 to 7.13' }],
  },
  errata: [
    {
      id: 'E-26',
      lines: [205, 205],
      says: 'The penalty stands where the objective of the training should, without the loss, and C is both the objective and the number of output units.',
      counterexample:
        'One weight, loss ½ (w − 1)², decay 1: the penalty alone is smallest at 0, loss and penalty together at ½.',
      correction:
        'What is minimized is the loss plus the penalty; the number of output units is a limit of a sum in it.',
      settledBy: { ...source, where: 'section 7.1, equation 7.1' },
    },
  ],
})
