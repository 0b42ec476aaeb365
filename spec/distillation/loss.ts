import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { hinton, informationTheory, lin } from './publications.ts'
import { classesOfScores, dimensions, ofExponentials, softmax } from './softmax.ts'

/** How far a student is from its teacher, sample by sample. */
export const divergence = operation({
  id: 'distillation.divergence',
  title: 'How far the probabilities of a student are from those of its teacher',
  level: 'core',
  dimensions,
  inputs: {
    z: array('the scores of the student', 'N', 'C'),
    v: array('the scores of the teacher', 'N', 'C'),
  },
  parameters: { measure: choice('cross-entropy', 'kl', 'squares', 'jensen-shannon') },
  usual: [{ sizes: { C: 10 } }, { sizes: { C: 2 } }, { parameters: { measure: 'kl' } }],
  effort: () => 40,
  sums: ofExponentials,
  outputs: { divergence: array('how far each sample is', 'N') },
  classes: {
    ...classesOfScores,
    'cross-entropy': ({ parameters }: CaseView) => parameters.measure === 'cross-entropy',
    'Kullback–Leibler': ({ parameters }: CaseView) => parameters.measure === 'kl',
    'squared distance': ({ parameters }: CaseView) => parameters.measure === 'squares',
    'Jensen–Shannon': ({ parameters }: CaseView) => parameters.measure === 'jensen-shannon',
  },
})

export const divergenceGradient = gradientOf(divergence, {
  title: 'Gradients of how far a student is from its teacher',
  sums: ofExponentials,
})

export const lossClause = clause({
  id: 'distillation.loss',
  title: 'A student is trained by how far its probabilities are from those of its teacher',
  kind: 'formula',
  operations: [divergence, divergenceGradient, softmax],
  statement:
    'Of the probabilities $p$ of the teacher and $q$ of the student there are four measures in use: the cross-entropy, the divergence of Kullback and Leibler, the squared distance, and the divergence of Jensen and Shannon. The last three are never negative, and 0 where student and teacher agree; the first is smallest there, and is then the entropy of the teacher. The first two have the same gradient by the scores of the student, $q - p$. The squared distance and the divergence of Jensen and Shannon are the same with the roles exchanged, the others are not. Jensen and Shannon’s is at most $\\ln 2$; Kullback and Leibler’s is at least half the square of $\\sum_c |p_c - q_c|$.',
  formula: String.raw`H = -\sum_c p_c \ln q_c,\qquad \mathrm{KL} = \sum_c p_c \ln\frac{p_c}{q_c},\qquad \lVert p - q \rVert^2,\qquad \mathrm{JS} = \tfrac12\sum_c p_c\ln\frac{p_c}{m_c} + \tfrac12\sum_c q_c\ln\frac{q_c}{m_c},\; m = \tfrac12(p + q);\qquad \frac{\partial H}{\partial z} = \frac{\partial\,\mathrm{KL}}{\partial z} = q - p,\qquad \mathrm{KL} \ge \tfrac12\Bigl(\sum_c |p_c - q_c|\Bigr)^2`,
  domain: 'Finite scores of both, at temperature 1; other temperatures divide the scores first.',
  conventions: [
    {
      choice: 'Kullback and Leibler’s divergence is that of the student from the teacher.',
      others:
        'With the roles exchanged it asks the student for what the teacher is certain of alone.',
    },
    {
      choice: 'Logarithms are natural.',
      others: 'In bits everything but the squares is larger by 1 / ln 2.',
    },
  ],
  evaluations: [
    {
      way: 'with gradients that what comes back is multiplied into before they go through the softmax',
    },
  ],
  source: {
    notes: [[248, 248]],
    publications: [
      { ...hinton, where: 'section 2' },
      { ...lin, where: 'section III' },
      { ...informationTheory, where: 'sections 2.3 and 11.6' },
    ],
  },
  errata: [],
})
