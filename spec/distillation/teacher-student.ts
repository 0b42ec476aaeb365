import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { bucila, hinton } from './publications.ts'
import { classesOfTemperature, ofExponentials, temperature } from './softmax.ts'
import { distillationLoss } from './temperature.ts'

/** A step of a student that has one layer, and learns from the scores of a teacher. */
export const studentStep = operation({
  id: 'distillation.studentStep',
  title: 'A step of a student that is taught by a larger network',
  level: 'core',
  dimensions: {
    N: free(1, 4, 'samples'),
    D: free(1, 4, 'features of a sample'),
    C: free(1, 5, 'classes'),
  },
  inputs: {
    x: array('the samples, which nobody labelled', 'N', 'D'),
    v: array('the scores that the teacher gives them', 'N', 'C'),
    weights: array('the weights of the student', 'D', 'C'),
    bias: array('its biases', 'C'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 1, values: [0.125, 0.5] }),
    temperature,
  },
  usual: [
    { sizes: { C: 10 }, parameters: { rate: 0.1, temperature: 4 } },
    { sizes: { N: 16 }, parameters: { rate: 0.1, temperature: 1 } },
  ],
  effort: () => 20,
  saturating: ['x', 'v', 'weights', 'bias'],
  sums: ofExponentials,
  outputs: {
    loss: array('how far student and teacher are apart before the step'),
    weights: array('the weights of the student after the step', 'D', 'C'),
    bias: array('its biases', 'C'),
  },
  classes: {
    ...classesOfTemperature,
    'one sample': ({ sizes }: CaseView) => sizes.N === 1,
    'several samples': ({ sizes }: CaseView) => sizes.N! > 1,
    'one class': ({ sizes }: CaseView) => sizes.C === 1,
    'several classes': ({ sizes }: CaseView) => sizes.C! > 1,
    'a rate of 0': ({ parameters }: CaseView) => parameters.rate === 0,
  },
})

export const teacherStudent = clause({
  id: 'distillation.teacher-student',
  title: 'A student learns from what its teacher says of a sample, and the teacher stays as it is',
  kind: 'algorithm',
  operations: [studentStep, distillationLoss],
  statement:
    'The student is a network of its own, with parameters of its own, that was chosen before. A step asks the teacher for its scores of the samples, and moves the student against the gradient of $\\tau^2$ times the divergence of Kullback and Leibler, the mean over samples. No label is read. Nothing of the teacher counts but its scores, and of them nothing that is added to all of a sample. Where the student can say what the teacher says, and does, the loss is 0 and it stays; elsewhere a step that is short enough never makes the loss larger.',
  formula: String.raw`p = \operatorname{softmax}(v/\tau),\quad q = \operatorname{softmax}((xW + b)/\tau),\quad E = \frac{\tau^2}{N}\sum_n \sum_c p_{nc}\ln\frac{p_{nc}}{q_{nc}},\qquad W' = W - \eta\,\frac{\tau}{N}\, x^\top (q - p),\quad b' = b - \eta\,\frac{\tau}{N}\sum_n (q_n - p_n)`,
  domain: 'Any teacher, a student with one layer, any temperature above 0.',
  conventions: [
    {
      choice: 'The teacher gives the targets, and no gradient goes through it.',
      others: 'Code that trains both lets the teacher come to meet the student.',
    },
    {
      choice: 'The loss has the factor $\\tau^2$, and is a mean over samples.',
      others: 'Without it a higher temperature takes smaller steps.',
    },
  ],
  evaluations: [{ way: 'the gradient as $q \\sum p - p$, as automatic differentiation has it' }],
  source: {
    notes: [
      [248, 248],
      [252, 252],
    ],
    publications: [
      { ...hinton, where: 'section 2' },
      { ...bucila, where: 'section 2' },
    ],
  },
  errata: [],
})
