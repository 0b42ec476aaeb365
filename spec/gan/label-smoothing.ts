import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, operation, ranged } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import {
  conventionsOfDistributions,
  ofShares,
  pairOfDistributions,
} from './optimal-discriminator.ts'
import { salimans } from './publications.ts'
import { ofLogarithms, value } from './value-function.ts'

/** What a discriminator should give for each kind of sample. */
const targets = {
  realTarget: real({ min: 0, max: 1, from: 0.5, to: 1, values: [1, 0.9, 0.75] }),
  generatedTarget: real({ min: 0, max: 1, from: 0, to: 0.5, values: [0, 0.1, 0.25] }),
} as const
const usualTargets = [
  { parameters: { realTarget: 0.9, generatedTarget: 0 } },
  { parameters: { realTarget: 0.9, generatedTarget: 0.1 } },
  { parameters: { realTarget: 1, generatedTarget: 0 } },
] as const
const classesOfTargets = {
  'not smoothed': ({ parameters: p }: CaseView) => p.realTarget === 1 && p.generatedTarget === 0,
  'smoothed on one side': ({ parameters: p }: CaseView) =>
    p.realTarget < 1 && p.generatedTarget === 0,
  'smoothed on both sides': ({ parameters: p }: CaseView) =>
    p.realTarget < 1 && p.generatedTarget > 0,
} as const

/** The value of a game in which a discriminator should not be certain. */
export const smoothedValue = operation({
  id: 'gan.smoothedValue',
  title: 'Value of a discriminator on batches with smoothed targets',
  level: 'core',
  dimensions: value.dimensions,
  inputs: value.inputs,
  parameters: targets,
  usual: [{ sizes: { M: 1, S: 1 } }, { sizes: { M: 64, S: 64 } }, ...usualTargets],
  effort: () => 24,
  sums: ofLogarithms,
  outputs: { value: array('minus the mean cross-entropies of both batches') },
  classes: { ...value.classes, ...classesOfTargets },
})

export const smoothedValueGradient = gradientOf(smoothedValue, {
  title: 'Gradient of the value with smoothed targets by the logits',
  sums: 'Nothing is added up.',
})

/** The discriminator that is best for it. */
export const smoothedDiscriminator = operation({
  id: 'gan.smoothedDiscriminator',
  title: 'Best discriminator with smoothed targets',
  level: 'core',
  ...pairOfDistributions,
  parameters: targets,
  usual: usualTargets,
  effort: () => 12,
  sums: ofShares,
  outputs: { probability: ranged([0, 1], array('what it gives at this point', 'N')) },
  classes: { ...pairOfDistributions.classes, ...classesOfTargets },
})

export const labelSmoothing = clause({
  id: 'gan.label-smoothing',
  title: 'Smoothed targets keep the discriminator from being certain, and its slope from vanishing',
  kind: 'formula',
  operations: [smoothedValue, smoothedValueGradient, smoothedDiscriminator],
  statement:
    'With the target $\\alpha$ for real samples, such as 0.9, the discriminator maximizes $\\alpha \\ln D + (1 - \\alpha) \\ln(1 - D)$ there; with the target $\\beta$ for generated ones likewise. The slope by a logit is the target less $D$: on a real sample it is 0 at $D = \\alpha$, and it draws a discriminator back that is more certain, with $\\alpha - 1$ at the utmost. The best discriminator is $(\\alpha p_{\\text{data}} + \\beta p_g) / (p_{\\text{data}} + p_g)$, between both targets. Smoothed on one side, with $\\beta = 0$, it is $\\alpha$ times the best one without smoothing, and 0 where only generated samples come. Smoothed on both sides it gives $\\beta$ there, and where the data are rare the term $\\beta p_g$ makes it largest at what the generator gives already.',
  formula: String.raw`\mathbb{E}_{p_{\text{data}}}[\alpha \ln D + (1 - \alpha) \ln(1 - D)] + \mathbb{E}_{p_g}[\beta \ln D + (1 - \beta) \ln(1 - D)],\qquad D^* = \frac{\alpha\, p_{\text{data}} + \beta\, p_g}{p_{\text{data}} + p_g},\qquad \frac{\partial V}{\partial a_i} = \frac{\alpha - D(x_i)}{m}`,
  domain: 'Targets from 0 to 1; finite logits of any size; distributions on finitely many points.',
  conventions: [
    conventionsOfDistributions[1],
    {
      choice: 'Each target is given by itself: 0.9 and 0 is smoothed on one side.',
      others:
        'Keras takes one number s and smooths on both sides, with the targets 1 − s/2 and s/2.',
    },
  ],
  evaluations: [{ way: 'slopes as the target less the sigmoid' }],
  source: {
    notes: [[709, 709]],
    publications: [{ ...salimans, where: 'section 3.4' }],
  },
  errata: [],
})
