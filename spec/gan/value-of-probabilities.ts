import { clause } from '../language/clause.ts'
import { array, type CaseView, nonnegative, operation, share } from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { goodfellow } from './publications.ts'
import { ofLogarithms, value } from './value-function.ts'

/** The value of a game from the probabilities that a discriminator gives for a batch of each kind. */
export const probabilityValue = operation({
  id: 'gan.probabilityValue',
  title: 'Value of a generator and a discriminator from probabilities, and its slopes',
  level: 'core',
  dimensions: value.dimensions,
  inputs: {
    real: share('how probable it is of each real sample that it is real', 'M'),
    generated: share('the same of each generated sample', 'S'),
  },
  parameters: { cut: choice('none', 'logarithms', 'probabilities') },
  usual: [
    { sizes: { M: 1, S: 1 } },
    { sizes: { M: 32, S: 32 }, parameters: { cut: 'logarithms' } },
    { sizes: { M: 64, S: 64 }, parameters: { cut: 'probabilities' } },
  ],
  effort: () => 20,
  sums: ofLogarithms,
  outputs: {
    value: array('the sum of both means'),
    onReal: array('the mean of ln D over the real samples'),
    onGenerated: array('the mean of ln(1 − D) over the generated samples'),
    realSlopes: nonnegative(
      'the derivative of the value by the probability of each real sample',
      'M',
    ),
    generatedSlopes: array('that by the probability of each generated sample', 'S'),
  },
  classes: {
    'a real sample that is surely rejected': ({ inputs }: CaseView) =>
      inputs.real!.data.includes(0),
    'a generated sample that is surely accepted': ({ inputs }: CaseView) =>
      inputs.generated!.data.includes(1),
    'certain and right': ({ inputs }: CaseView) =>
      inputs.real!.data.includes(1) || inputs.generated!.data.includes(0),
    'certain of nothing': ({ inputs }: CaseView) =>
      [...inputs.real!.data, ...inputs.generated!.data].every((d) => d > 0 && d < 1),
    'nothing cut off': ({ parameters: p }: CaseView) => p.cut === 'none',
    'logarithms cut off': ({ parameters: p }: CaseView) => p.cut === 'logarithms',
    'probabilities cut off': ({ parameters: p }: CaseView) => p.cut === 'probabilities',
  },
})

export const valueOfProbabilities = clause({
  id: 'gan.value.of-probabilities',
  title:
    'From probabilities the value is infinite where they are 0 and wrong, unless it is cut off',
  kind: 'formula',
  operations: [probabilityValue],
  statement:
    'A discriminator that gives probabilities and no logits has told already how certain it is, and what rounding left of that is all there is: in single precision it is 1 from a logit of 17 on. Then $\\ln(1 - D)$ is $-\\infty$ for a generated sample that is surely accepted, and $\\ln D$ for a real one that is surely rejected; nothing is wrong where it is certain and right. Two ways of cutting off are in use. Logarithms are kept from $-100$ on, so that a sample loses no more than 100; or probabilities are kept between $\\varepsilon = 10^{-7}$ and $1 - \\varepsilon$, so that it loses no more than $16.2$, and no less than $\\varepsilon$. What is cut off has the slope 0: a sample that a generator most needs to change teaches it nothing. Where nothing is cut off all three are the same, and the same as from the logits.',
  formula: String.raw`V = \frac1m \sum_i \ell(D_i) + \frac{1}{m'} \sum_j \ell(1 - D_j),\qquad \ell(d) = \ln d,\quad \max(\ln d, -100) \;\text{ or }\; \ln \min(\max(d, \varepsilon), 1 - \varepsilon),\qquad \ell'(d) = \tfrac1d \text{ or, where it is cut off, } 0`,
  domain: 'Probabilities from 0 to 1, both included.',
  conventions: [
    {
      choice:
        'A parameter says whether nothing is cut off, logarithms at −100, or probabilities 10⁻⁷ away from 0 and 1.',
      others:
        'PyTorch cuts logarithms off at −100, Keras probabilities at 10⁻⁷. Some code adds a small number to probabilities, which changes all losses a little.',
    },
    {
      choice: 'The slope is the derivative of what is computed: 0 where it is cut off.',
      others:
        'PyTorch divides by D (1 − D), or by 10⁻¹² where that is less, so that it has a slope of 10¹² at 0 and of 0 at 1.',
    },
  ],
  source: {
    notes: [
      [632, 636],
      [640, 640],
    ],
    publications: [
      { ...goodfellow, where: 'equation 1' },
      { title: 'PyTorch documentation', where: 'BCELoss' },
      { title: 'Keras documentation', where: 'binary_crossentropy' },
    ],
  },
  errata: [],
})
