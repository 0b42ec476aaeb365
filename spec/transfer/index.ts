import * as decision from './decision.ts'
import * as extractor from './feature-extractor.ts'
import * as freeze from './freeze.ts'
import * as head from './head.ts'
import * as training from './training.ts'
import * as warmStart from './warm-start.ts'

/** The clauses on transfer learning, in the order of the notes. */
export const clauses = [
  head.replace,
  freeze.freeze,
  extractor.extractor,
  training.featuresEqualFrozenTraining,
  decision.table,
  decision.smallRule,
  warmStart.warm,
] as const
