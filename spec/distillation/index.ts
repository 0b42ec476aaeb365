import * as crossEntropy from './cross-entropy.ts'
import * as ensembleAverage from './ensemble-average.ts'
import * as logitImitation from './logit-imitation.ts'
import * as loss from './loss.ts'
import * as pseudoLabel from './pseudo-label.ts'
import * as softInfo from './soft-info.ts'
import * as softmax from './softmax.ts'
import * as teacherStudent from './teacher-student.ts'
import * as temperature from './temperature.ts'

/** The clauses on knowledge distillation, in the order of the notes. */
export const clauses = [
  loss.lossClause,
  crossEntropy.crossEntropyClause,
  teacherStudent.teacherStudent,
  ensembleAverage.ensembleAverageClause,
  pseudoLabel.pseudoLabelClause,
  logitImitation.logitImitationClause,
  softInfo.softInfoClause,
  softmax.softmaxClause,
  temperature.temperatureClause,
] as const
