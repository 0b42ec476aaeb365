import * as aggregate from './aggregate.ts'
import * as client from './client-update.ts'
import * as differentialPrivacy from './differential-privacy.ts'
import * as fedAvg from './fedavg.ts'
import * as gossip from './gossip.ts'
import * as meta from './meta.ts'
import * as personalized from './personalized.ts'
import * as robustness from './robustness.ts'
import * as secureAggregation from './secure-aggregation.ts'
import * as settings from './settings.ts'

/** The clauses of the area `federated`, in the order of the notes. */
export const clauses = [
  settings.partition,
  settings.taxonomy,
  aggregate.weightedMean,
  robustness.meanBreakdown,
  robustness.median,
  robustness.trimmed,
  robustness.krumChoice,
  secureAggregation.secureAggregation,
  differentialPrivacy.clippedUpdates,
  differentialPrivacy.noise,
  gossip.metropolis,
  gossip.decentralized,
  client.localSteps,
  fedAvg.server,
  personalized.objective,
  personalized.gradient,
  personalized.limits,
  meta.objective,
  meta.gradient,
] as const
