import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation, positive, ranged } from '../language/operation.ts'
import { generatorStep } from './gen-update.ts'
import { goodfellow, principledMethods } from './publications.ts'

/** Both losses of a generator and their slopes, from the logits of what it generates. */
export const generatorLosses = operation({
  id: 'gan.generatorLosses',
  title: 'Saturating and non-saturating loss of a generator',
  level: 'core',
  dimensions: { M: free(1, 5, 'generated samples'), P: free(1, 3, 'parameters of the generator') },
  inputs: {
    logits: array('the logit of each generated sample', 'M'),
    jacobian: array('the derivative of each logit by each parameter', 'M', 'P'),
  },
  parameters: {},
  usual: [{ sizes: { M: 1, P: 1 } }, { sizes: { M: 8, P: 2 } }, { sizes: { M: 32, P: 4 } }],
  effort: () => 12,
  sums: 'The sums are of sigmoids, which have errors of their own.',
  outputs: {
    saturating: array('ln(1 − D) of each sample', 'M'),
    nonSaturating: array('−ln D of each sample', 'M'),
    saturatingSlope: ranged([-1, 0], array('the derivative of the former by the logit', 'M')),
    nonSaturatingSlope: ranged([-1, 0], array('the derivative of the latter by the logit', 'M')),
    saturatingGradient: array('the derivative of the mean of the former by the parameters', 'P'),
    nonSaturatingGradient: array('the derivative of the mean of the latter by them', 'P'),
  },
  classes: {
    'one sample': ({ sizes }: CaseView) => sizes.M === 1,
    'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
    'a logit of 0': ({ inputs }: CaseView) => inputs.logits!.data.includes(0),
    'surely rejected': ({ inputs }: CaseView) => inputs.logits!.data.some((a: number) => a < -20),
    'surely accepted': ({ inputs }: CaseView) => inputs.logits!.data.some((a: number) => a > 20),
  },
})

/** What a generator of a softmax goes down on, before a discriminator that is optimal. */
export const nonSaturatingDivergence = operation({
  id: 'gan.nonSaturatingDivergence',
  title: 'Divergence that the non-saturating loss goes down on',
  level: 'core',
  dimensions: { N: free(1, 5, 'points') },
  inputs: {
    theta: array('the scores of the generator, whose softmax it generates', 'N'),
    data: positive('how much the data weigh at each point', 'N'),
  },
  parameters: {},
  usual: [{ sizes: { N: 2 } }, { sizes: { N: 4 } }, { sizes: { N: 10 } }],
  effort: () => 12,
  sums: 'The result is a single number, and thousands are asked for statistics.',
  outputs: { divergence: array('KL of the generator from the data, less twice JSD of both') },
  classes: {
    'one point': ({ sizes }: CaseView) => sizes.N === 1,
    'several points': ({ sizes }: CaseView) => sizes.N! > 1,
    'equal scores': ({ sizes, inputs: { theta } }: CaseView) =>
      sizes.N! > 1 && new Set(theta!.data).size === 1,
    'equal weights of data': ({ sizes, inputs: { data } }: CaseView) =>
      sizes.N! > 1 && new Set(data!.data).size === 1,
  },
})

/** Its gradient by the scores. */
export const nonSaturatingDivergenceGradient = gradientOf(nonSaturatingDivergence, {
  title: 'Gradient of the divergence by the scores of the generator',
  by: ['theta'],
  sums: 'The sums are of logarithms.',
})

// Of one point there is no gradient, and bounds of 0 say nothing.
const { 'one point': _, ...classes } = nonSaturatingDivergence.classes

/** The gradient of the non-saturating loss while the optimal discriminator is held fixed. */
export const fixedDiscriminatorGradient = operation({
  id: 'gan.fixedDiscriminatorGradient',
  title: 'Gradient of the non-saturating loss before a discriminator that is held fixed',
  level: 'core',
  dimensions: nonSaturatingDivergence.dimensions,
  inputs: nonSaturatingDivergence.inputs,
  parameters: {},
  usual: nonSaturatingDivergence.usual,
  effort: nonSaturatingDivergence.effort,
  sums: 'The sums are of logarithms.',
  outputs: {
    discriminator: ranged([0, 1], array('the optimal discriminator at each point', 'N')),
    loss: array('the mean of −ln D over what is generated'),
    gradient: array('its derivative by the scores, the discriminator held fixed', 'N'),
  },
  classes,
})

export const minimaxAndNonSaturating = clause({
  id: 'gan.minimax-vs-nonsaturating',
  title: 'Both losses of the generator pull a sample the same way, and a batch not always',
  kind: 'law',
  operations: [generatorLosses, generatorStep],
  statement:
    'Both are losses of the generator, for its own parameters. Both fall as $D$ rises, so that the gradient of a single sample has the same direction, and the magnitude $(1 - D)/D$ times as large for the non-saturating loss. In the gradient of a batch the samples weigh differently, $D$ in one and $1 - D$ in the other, and both gradients may point in opposite directions.',
  formula: String.raw`\min_{w_G} \mathbb E \ln(1 - D(G(z))) \;\text{or}\; \max_{w_G} \mathbb E \ln D(G(z)),\qquad \nabla[-\ln D] = \frac{1 - D}{D}\, \nabla[\ln(1 - D)]`,
  domain: 'Finite logits, and any derivatives of them by parameters.',
  conventions: [
    {
      choice: 'Both are losses, which the generator goes down on, in natural logarithms.',
      others: 'Algorithms and code climb their negatives.',
    },
  ],
  source: {
    notes: [[647, 647]],
    publications: [{ ...goodfellow, where: 'section 3' }],
  },
  errata: [
    {
      id: 'E-54',
      lines: [647, 647],
      says: 'The maximum of ln D over generated samples is sought by the parameters of the discriminator.',
      counterexample:
        'A sample 0, and a discriminator with D = ½ there that rises with the sample: a step of the discriminator at the rate 1 raises its bias by ½, so that it accepts more, and leaves the sample where it is. A step of the generator moves the sample to ½.',
      correction: 'Both objectives are of the generator: it is $w_G$ that ln D is maximized by.',
      settledBy: { ...goodfellow, where: 'section 3' },
    },
    {
      id: 'E-71',
      lines: [656, 665],
      says: 'The step that climbs ln D goes on with the game whose value has been analysed.',
      counterexample:
        'Two samples with D = 0.1 and 0.9, whose logits change by 1 and −1 with the parameter: the derivative of the mean of ln(1 − D) is 0.4, that of the mean of −ln D is −0.4, so that the step goes the other way.',
      correction:
        'It is another loss, with the same best value of each sample. What is proved of the game holds of ln(1 − D).',
      settledBy: { ...goodfellow, where: 'section 3' },
    },
  ],
})

export const nonSaturatingGradient = clause({
  id: 'gan.nonsaturating-gradient',
  title: 'Where samples are rejected, the saturating loss has no slope, and the other one −1',
  kind: 'formula',
  operations: [generatorLosses],
  statement:
    'By the logit $a$ of a generated sample, the derivative of $\\ln(1 - D)$ is $-D$, which vanishes where the discriminator is sure, and that of $-\\ln D$ is $-(1 - D)$, which goes to $-1$ there: at $a = -10$, $-4.54 \\cdot 10^{-5}$ and $-0.99995$. They are equal at $D = \\tfrac12$, add up to $-1$ everywhere, and change places with the sign of the logit. The losses differ by the logit, $\\ln(1 - D) = -a + \\ln D$, and neither is infinite for a finite one.',
  formula: String.raw`\frac{d}{da} \ln(1 - \sigma(a)) = -\sigma(a),\qquad \frac{d}{da} [-\ln \sigma(a)] = -(1 - \sigma(a))`,
  domain: 'Finite logits of any size.',
  conventions: [],
  evaluations: [
    { way: 'with $1 - D$ as a difference, as gradients of cross-entropy from logits have it' },
  ],
  source: {
    notes: [[709, 709]],
    publications: [{ ...goodfellow, where: 'section 3' }],
  },
  errata: [],
})

export const nonSaturatingDivergenceClause = clause({
  id: 'gan.nonsaturating-divergence',
  title: 'Before an optimal discriminator the non-saturating loss goes down on KL less 2 JSD',
  kind: 'theorem',
  operations: [
    fixedDiscriminatorGradient,
    nonSaturatingDivergence,
    nonSaturatingDivergenceGradient,
  ],
  statement:
    'With the optimal discriminator of the present generator held fixed, the gradient of the mean of $-\\ln D^*$ over what is generated is that of $\\mathrm{KL}(p_g \\| p_{data}) - 2\\, \\mathrm{JSD}(p_{data} \\| p_g)$, which is not the divergence that the game goes down on: the second term has the other sign. On a finite support the difference is twice the divergence of the mixture from the data, $2\\, \\mathrm{KL}(\\tfrac12(p_g + p_{data}) \\| p_{data})$, so that it is never negative, and 0 only where both are equal. Gradients by scores of a softmax add up to 0.',
  formula: String.raw`\nabla_\theta\, \mathbb E_{x \sim p_g^\theta} [-\ln D^*(x)] \Big|_{D^* = \frac{p_{data}}{p_{data} + p_g}} = \nabla_\theta \bigl[\mathrm{KL}(p_g^\theta \| p_{data}) - 2\, \mathrm{JSD}(p_{data} \| p_g^\theta)\bigr]`,
  domain: 'Finite supports on which the data have no zero, and the generator is a softmax.',
  conventions: [
    {
      choice: 'Natural logarithms. Data weigh whatever they do, and are divided by their sum.',
      others: 'Logarithms to base 2 measure bits.',
    },
  ],
  source: {
    notes: [[709, 709]],
    publications: [{ ...principledMethods, where: 'theorem 2.5' }],
  },
  errata: [],
})
