import { crossEntropyProperties } from './cross-entropy.ts'
import { ensembleAverageProperties } from './ensemble-average.ts'
import { logitImitationProperties } from './logit-imitation.ts'
import { lossProperties } from './loss.ts'
import { pseudoLabelProperties } from './pseudo-label.ts'
import { softInfoProperties } from './soft-info.ts'
import { softmaxProperties } from './softmax.ts'
import { teacherStudentProperties } from './teacher-student.ts'
import { temperatureProperties } from './temperature.ts'

/** Every property of the clauses on knowledge distillation. */
export const distillationProperties = [
  ...lossProperties,
  ...crossEntropyProperties,
  ...ensembleAverageProperties,
  ...pseudoLabelProperties,
  ...logitImitationProperties,
  ...softInfoProperties,
  ...softmaxProperties,
  ...temperatureProperties,
  ...teacherStudentProperties,
]
