import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, operation } from '../language/operation.ts'
import { baCaruana, hinton } from './publications.ts'
import { classesOfScores, dimensions } from './softmax.ts'

/** How far the scores of a student are from those of its teacher. */
export const scoreLoss = operation({
  id: 'distillation.scoreLoss',
  title: 'Half the squared distance of the scores of a student from those of its teacher',
  level: 'core',
  dimensions,
  inputs: {
    z: array('the scores of the student', 'N', 'C'),
    v: array('the scores of the teacher', 'N', 'C'),
  },
  parameters: {},
  usual: [{ sizes: { N: 1 } }, { sizes: { C: 10 } }],
  sums: 'The result is a single number, a sum of squares of what is computed.',
  outputs: { loss: array('the mean over the samples') },
  classes: classesOfScores,
})

export const scoreLossGradient = gradientOf(scoreLoss, {
  title: 'Gradients of the distance of the scores of a student from those of its teacher',
})

export const logitImitationClause = clause({
  id: 'distillation.logit-imitation',
  title: 'A student may imitate the scores of its teacher, before any softmax',
  kind: 'formula',
  operations: [scoreLoss, scoreLossGradient],
  statement:
    'The loss is half the squared distance of the scores of the student from those of its teacher, as a mean over samples. It is 0 where all scores are equal, and nowhere else; a shift of both alike leaves it as it is, a shift of one does not, although no probability changes. Its gradient by the student is the difference of the scores over the number of samples, and by the teacher its negative.',
  formula: String.raw`E = \frac1{2N}\sum_n \lVert z_n - v_n \rVert^2,\qquad \frac{\partial E}{\partial z} = \frac{z - v}{N} = -\frac{\partial E}{\partial v}`,
  domain: 'Finite scores.',
  conventions: [
    {
      choice: 'The distance is halved, summed over classes and averaged over samples.',
      others:
        'Losses of libraries that are called mean squared errors divide by samples times classes, and do not halve: theirs is 2/C of this.',
    },
  ],
  evaluations: [
    {
      way: 'half of what comes back times twice the difference, as automatic differentiation has it',
    },
  ],
  source: {
    notes: [[254, 254]],
    publications: [
      { ...baCaruana, where: 'section 2' },
      { ...hinton, where: 'section 2.1' },
    ],
  },
  errata: [],
})
