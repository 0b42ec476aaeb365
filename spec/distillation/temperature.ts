import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { hinton } from './publications.ts'
import {
  classesOfScores,
  classesOfTemperature,
  dimensions,
  ofExponentials,
  softmax,
  temperature,
} from './softmax.ts'

/** What a student loses that is to agree with its teacher, and with targets. */
export const distillationLoss = operation({
  id: 'distillation.distillationLoss',
  title: 'Loss of a student that learns from its teacher and from targets',
  level: 'core',
  dimensions,
  inputs: {
    z: array('the scores of the student', 'N', 'C'),
    v: array('the scores of the teacher', 'N', 'C'),
    targets: array('how much of each class a sample is', 'N', 'C'),
  },
  parameters: {
    temperature,
    share: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5, 0.9, 1] }),
    divergence: choice('cross-entropy', 'kl'),
  },
  usual: [
    { sizes: { C: 10 }, parameters: { temperature: 4, share: 0.9 } },
    { sizes: { C: 10 }, parameters: { temperature: 2, share: 0.5 } },
    { parameters: { temperature: 20, share: 0.9 } },
    { parameters: { temperature: 1, share: 1 } },
  ],
  effort: () => 40,
  sums: ofExponentials,
  outputs: { loss: array('the mean over the samples') },
  classes: {
    ...classesOfScores,
    ...classesOfTemperature,
    'the teacher alone': ({ parameters }: CaseView) => parameters.share === 1,
    'targets alone': ({ parameters }: CaseView) => parameters.share === 0,
    'teacher and targets': ({ parameters }: CaseView) =>
      parameters.share > 0 && parameters.share < 1,
    'cross-entropy': ({ parameters }: CaseView) => parameters.divergence === 'cross-entropy',
    'Kullback–Leibler': ({ parameters }: CaseView) => parameters.divergence === 'kl',
  },
})

/** Its gradients, by the scores of the teacher and by the targets, too. */
export const distillationLossGradient = gradientOf(distillationLoss, {
  title: 'Gradients of the loss of a student that learns from its teacher and from targets',
  sums: ofExponentials,
})

export const temperatureClause = clause({
  id: 'distillation.temperature',
  title: 'A temperature softens what the teacher says, and its square keeps the gradient as large',
  kind: 'formula',
  operations: [distillationLoss, distillationLossGradient, softmax],
  statement:
    'The loss of a student is the share $\\alpha$ of what its probabilities at temperature $\\tau$ are from those of its teacher, times $\\tau^2$, and the rest of its cross-entropy with the targets at temperature 1, as a mean over samples. Cross-entropy and Kullback–Leibler divergence from the teacher have the same gradient by the scores of the student, $\\alpha\\tau(q - p)$, since they differ by the entropy of the teacher. As $\\tau$ falls to 0 a softmax becomes one at its largest score, shared where several are the largest, as it grows uniform; and the gradient, with $\\tau^2$, becomes the difference of the scores, each less its mean, over the number of classes: scores are matched.',
  formula: String.raw`E = \frac1N\sum_n \alpha\tau^2 \sum_c p_c \ln\frac{\{1, p_c\}}{q_c} - (1 - \alpha)\sum_c t_c \ln y_c,\quad q = y(z/\tau),\; p = y(v/\tau);\qquad \frac{\partial E}{\partial z_c} = \frac1N\Bigl(\alpha\tau(q_c - p_c) + (1 - \alpha)\bigl(y_c\textstyle\sum_k t_k - t_c\bigr)\Bigr);\qquad \lim_{\tau\to\infty} \tau(q_c - p_c) = \frac{(z_c - \bar z) - (v_c - \bar v)}{C}`,
  domain:
    'Finite scores, temperatures above 0, shares from 0 to 1, any targets, off the simplex as well.',
  conventions: [
    {
      choice: 'The part of the teacher is multiplied by the square of the temperature.',
      others:
        'The publication recommends it where both parts are used and leaves it out of its equations; without it the share means another thing at every temperature.',
    },
    {
      choice: 'The share weighs the part of the teacher.',
      others: 'Others let it weigh that of the targets: their share is 1 less this one.',
    },
    {
      choice: 'The mean is taken over samples.',
      others: 'Some libraries divide by samples times classes unless told otherwise.',
    },
  ],
  evaluations: [
    {
      way: 'either part added up over all classes of all samples at once, and divided by $N$ in the end',
    },
  ],
  source: {
    notes: [[254, 254]],
    publications: [{ ...hinton, where: 'section 2, equations 1 to 4' }],
  },
  errata: [],
})
