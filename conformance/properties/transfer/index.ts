import { decisionProperties } from './decision.ts'
import { extractorProperties } from './feature-extractor.ts'
import { freezeProperties } from './freeze.ts'
import { headProperties } from './head.ts'
import { trainingProperties } from './training.ts'
import { warmStartProperties } from './warm-start.ts'

/** Every property of the clauses on transfer learning. */
export const transferProperties = [
  ...headProperties,
  ...freezeProperties,
  ...extractorProperties,
  ...trainingProperties,
  ...decisionProperties,
  ...warmStartProperties,
]
