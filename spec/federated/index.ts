import * as aggregate from './aggregate.ts'
import * as alternatives from './alternatives.ts'
import * as batchStatistics from './batch-statistics.ts'
import * as broadcast from './broadcast-init.ts'
import * as sampling from './client-sampling.ts'
import * as client from './client-update.ts'
import * as contraction from './contraction-rate.ts'
import * as differentialPrivacy from './differential-privacy.ts'
import * as fedAvg from './fedavg.ts'
import * as gossip from './gossip.ts'
import * as localOnly from './local-only.ts'
import * as meta from './meta.ts'
import * as noniid from './noniid.ts'
import * as objective from './objective.ts'
import * as personalized from './personalized.ts'
import * as powerLaw from './power-law.ts'
import * as protocol from './protocol.ts'
import * as quadratics from './quadratics.ts'
import * as robustness from './robustness.ts'
import * as secureAggregation from './secure-aggregation.ts'
import * as settings from './settings.ts'
import * as special from './special.ts'

/** The clauses of the area `federated`, in the order of the notes. */
export const clauses = [
  localOnly.variance,
  fedAvg.dataLocality,
  broadcast.sameStart,
  protocol.round,
  settings.partition,
  noniid.noniid,
  powerLaw.tail,
  settings.taxonomy,
  protocol.star,
  gossip.metropolis,
  gossip.decentralized,
  contraction.contraction,
  robustness.meanBreakdown,
  robustness.median,
  robustness.trimmed,
  robustness.krumChoice,
  secureAggregation.secureAggregation,
  differentialPrivacy.clippedUpdates,
  differentialPrivacy.noise,
  objective.disjoint,
  objective.weighted,
  objective.pooled,
  quadratics.notAverage,
  sampling.withoutReplacement,
  client.localSteps,
  aggregate.weightedMean,
  batchStatistics.pooledStatistics,
  alternatives.unbiased,
  fedAvg.server,
  special.equalsParallelSgd,
  special.localSteps,
  special.communication,
  quadratics.iid,
  quadratics.bias,
  personalized.objective,
  personalized.gradient,
  personalized.limits,
  meta.objective,
  meta.gradient,
] as const
