import { clause } from '../language/clause.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { bucila } from './publications.ts'
import { dimensions } from './softmax.ts'

/** What a student is to learn of samples that nobody labelled. */
export const pseudoLabels = operation({
  id: 'distillation.pseudoLabels',
  title: 'Targets from the predictions of an ensemble',
  level: 'core',
  dimensions: { T: free(1, 5, 'members of the ensemble'), ...dimensions },
  inputs: {
    predictions: nonnegative('the probabilities that each member gives', 'T', 'N', 'C'),
  },
  parameters: { kind: choice('hard', 'soft') },
  usual: [
    { sizes: { T: 1, C: 10 }, parameters: { kind: 'hard' } },
    { sizes: { T: 5, C: 10 }, parameters: { kind: 'soft' } },
  ],
  sums: 'The sums are of predictions, one a member, and of no products.',
  outputs: { targets: array('how much of each class a sample is to be', 'N', 'C') },
  classes: {
    'one member': ({ sizes }: CaseView) => sizes.T === 1,
    'several members': ({ sizes }: CaseView) => sizes.T! > 1,
    'hard targets': ({ parameters }: CaseView) => parameters.kind === 'hard',
    'soft targets': ({ parameters }: CaseView) => parameters.kind === 'soft',
    'one class': ({ sizes }: CaseView) => sizes.C === 1,
    'several classes': ({ sizes }: CaseView) => sizes.C! > 1,
  },
})

export const pseudoLabelClause = clause({
  id: 'distillation.pseudo-label',
  title: 'An ensemble labels the samples that a student learns from',
  kind: 'algorithm',
  operations: [pseudoLabels],
  statement:
    'A soft pseudo-label is the mean of what the members of the ensemble predict. A hard one is 1 at the class of the largest mean and 0 elsewhere. Nothing else is read, true labels least of all. What multiplies all predictions by a positive number multiplies soft labels by it and leaves hard ones as they are; to label again what has a hard label changes nothing.',
  formula: String.raw`\bar p = \frac1T\sum_m p_m,\qquad t_c = \bar p_c \quad\text{or}\quad t_c = [c = \min \arg\max_k \bar p_k]`,
  domain: 'Predictions that are not negative; they need not add up to 1.',
  conventions: [
    {
      choice: 'Of classes that share the largest mean the first one is the label.',
      others: 'Some libraries leave open which of them they give.',
    },
    {
      choice: 'Equal means are those of equal sums.',
      others:
        'A mean that is rounded may decide otherwise, so that of several members a tie is not judged.',
    },
    {
      choice: 'Members are averaged before the label is taken.',
      others: 'A vote counts the labels of the members, which may come out otherwise.',
    },
  ],
  source: {
    notes: [[252, 252]],
    publications: [{ ...bucila, where: 'section 2' }],
  },
  errata: [],
})
