import type { Property } from '../engine/property.ts'
import { withAnswers } from '../kit/answers.ts'
import { withRejections } from '../kit/outside.ts'
import { sharingPlans } from '../kit/sharing.ts'
import { withStatistics } from '../kit/statistics.ts'
import { stated } from './areas.ts'

/** Every property, in the order of the clauses: what areas state, and what follows for every operation. */
export const properties: readonly Property[] = sharingPlans(
  withStatistics(withAnswers(withRejections(stated))),
)
