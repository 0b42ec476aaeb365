import { clause } from '../language/clause.ts'
import { crossEntropy, crossEntropyGradient } from './cross-entropy.ts'
import { pseudoLabels } from './pseudo-label.ts'
import { baCaruana, hinton } from './publications.ts'

export const softInfoClause = clause({
  id: 'distillation.soft-info',
  title: 'Hard labels of a teacher tell its largest class and nothing else',
  kind: 'law',
  operations: [pseudoLabels, crossEntropy, crossEntropyGradient],
  statement:
    'Teachers that agree on the class of each sample give a student the same hard labels, and by these the same loss and the same gradients, however much they differ otherwise. Soft labels of teachers whose predictions differ give gradients that differ: by the scores of the student, where both predictions add up to the same, by their difference. So a hard label is one of $C$ vectors, and a soft one any of a continuum.',
  formula: String.raw`\arg\max p = \arg\max p' \Rightarrow \nabla E(z, t) = \nabla E(z, t');\qquad \sum_c p_c = \sum_c p'_c \Rightarrow \nabla_z E(z, p) - \nabla_z E(z, p') = \tfrac1N (p' - p)`,
  domain: 'Any scores of the student; teachers with any predictions that are not negative.',
  conventions: [],
  source: {
    notes: [[254, 254]],
    publications: [
      { ...baCaruana, where: 'section 2' },
      { ...hinton, where: 'section 1' },
    ],
  },
  errata: [],
})
