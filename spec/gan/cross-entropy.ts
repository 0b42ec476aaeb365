import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { deepLearning, goodfellow } from './publications.ts'
import { ofLogarithms, value } from './value-function.ts'

/** What a classifier of two classes loses, from logits. */
export const binaryCrossEntropy = operation({
  id: 'gan.binaryCrossEntropy',
  title: 'Mean binary cross-entropy of targets with the sigmoid of logits',
  level: 'core',
  dimensions: { M: free(1, 8, 'samples') },
  inputs: {
    logits: array('what the classifier gives before its sigmoid', 'M'),
    targets: array('how probable the class 1 should be', 'M'),
  },
  parameters: {},
  usual: [{ sizes: { M: 1 } }, { sizes: { M: 64 } }, { sizes: { M: 128 } }],
  effort: () => 20,
  sums: ofLogarithms,
  outputs: { loss: array('the mean over the samples') },
  classes: {
    'hard targets': ({ inputs }: CaseView) =>
      inputs.targets!.data.every((t: number) => t === 0 || t === 1),
    'soft targets': ({ inputs }: CaseView) =>
      inputs.targets!.data.some((t: number) => t > 0 && t < 1),
    'both classes': ({ inputs }: CaseView) =>
      inputs.targets!.data.includes(0) && inputs.targets!.data.includes(1),
    'certain by more than 100': ({ inputs }: CaseView) =>
      inputs.logits!.data.some((a: number) => Math.abs(a) > 100),
  },
})

export const binaryCrossEntropyGradient = gradientOf(binaryCrossEntropy, {
  title: 'Gradient of the mean binary cross-entropy by the logits',
  by: ['logits'],
  sums: 'Nothing is added up.',
})

export const isCrossEntropy = clause({
  id: 'gan.value.is-bce',
  title:
    'The value is minus twice the binary cross-entropy of a discriminator on as many samples of each kind',
  kind: 'law',
  operations: [binaryCrossEntropy, binaryCrossEntropyGradient, value],
  statement:
    "A discriminator is a classifier of two classes. Its mean binary cross-entropy over both batches, real samples with the target 1 and generated ones with 0, is minus half of the value where the batches are of one size, so that to maximize the value is to minimize the loss. Of $m$ real and $m'$ generated samples the sum of the losses is minus $m$ times the mean on real and $m'$ times the mean on generated ones. From logits a loss is $\\operatorname{softplus}(a) - t a$, finite whatever the logit is, linear in the target, and its slope is the sigmoid less the target.",
  formula: String.raw`V = -2\,\mathrm{BCE},\qquad \mathrm{BCE} = -\frac{1}{2m} \sum_i t_i \ln \sigma(a_i) + (1 - t_i) \ln(1 - \sigma(a_i)),\qquad \frac{\partial}{\partial a} = \sigma(a) - t`,
  domain: 'Finite logits of any size, and any finite targets; targets of a class are 0 and 1.',
  conventions: [
    {
      choice: 'The loss is the mean over all samples, of logits.',
      others:
        'Libraries have the sum as well, or the loss of each sample, and a loss of probabilities, which they cut off near 0 and 1.',
    },
  ],
  evaluations: [
    { way: '$\\max(a, 0) - t a + \\ln(1 + e^{-|a|})$' },
    { way: '$(1 - t) a + \\operatorname{softplus}(-a)$' },
  ],
  source: {
    notes: [[632, 632]],
    publications: [
      { ...goodfellow, where: 'section 4.1' },
      { ...deepLearning, where: 'sections 6.2.2.2 and 20.10.4' },
    ],
  },
  errata: [],
})
