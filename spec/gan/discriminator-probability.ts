import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, ranged } from '../language/operation.ts'
import { goodfellow } from './publications.ts'

/** How probable it is to a discriminator that samples are real, and that they are generated. */
export const discriminatorProbability = operation({
  id: 'gan.discriminatorProbability',
  title: 'Probability that a sample is real, and that it is not',
  level: 'core',
  dimensions: { M: free(1, 6, 'samples') },
  inputs: { logits: array('what the discriminator gives before its sigmoid', 'M') },
  parameters: {},
  usual: [{ sizes: { M: 1 } }, { sizes: { M: 32 } }, { sizes: { M: 64 } }],
  effort: () => 12,
  outputs: {
    probability: ranged([0, 1], array('that the sample is real', 'M')),
    complement: ranged([0, 1], array('that it is generated', 'M')),
  },
  classes: {
    'a logit of 0': ({ inputs }: CaseView) => inputs.logits!.data.includes(0),
    'certainly real': ({ inputs }: CaseView) => inputs.logits!.data.some((a: number) => a > 100),
    'certainly generated': ({ inputs }: CaseView) =>
      inputs.logits!.data.some((a: number) => a < -100),
    'several samples': ({ sizes }: CaseView) => sizes.M! > 1,
  },
})

export const discriminatorProbabilityClause = clause({
  id: 'gan.discriminator-probability',
  title: 'A discriminator gives the probability that a sample is real',
  kind: 'formula',
  operations: [discriminatorProbability],
  statement:
    'The probability that a sample is real is the sigmoid of the logit $a$ that the discriminator has for it: more than ½ above 0, increasing, and nowhere beyond 0 and 1. The logit is the logarithm of the odds. The probability that the sample is generated is the sigmoid of $-a$; what is left of 1 is the same number and loses its digits where the probability is near 1, from $a = 17$ on all of them in single precision.',
  formula: String.raw`D(x) = \sigma(a(x)) = \frac{1}{1 + e^{-a(x)}},\qquad 1 - D(x) = \sigma(-a(x)),\qquad \ln\frac{D(x)}{1 - D(x)} = a(x)`,
  domain: 'Finite logits of any size; beyond what the format can tell from them, 0 and 1.',
  conventions: [
    {
      choice: 'Real samples are the class 1, generated ones the class 0.',
      others:
        'Some code calls generated samples 1, which is the negative logit; some has two scores and their softmax, of which the difference is the logit.',
    },
  ],
  source: {
    notes: [[632, 632]],
    publications: [{ ...goodfellow, where: 'section 3' }],
  },
  errata: [],
})
