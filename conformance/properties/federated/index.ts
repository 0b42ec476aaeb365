import { aggregateProperties } from './aggregate.ts'
import { alternativeProperties } from './alternatives.ts'
import { batchStatisticsProperties } from './batch-statistics.ts'
import { broadcastProperties } from './broadcast-init.ts'
import { clientSamplingProperties } from './client-sampling.ts'
import { clientUpdateProperties } from './client-update.ts'
import { contractionProperties } from './contraction-rate.ts'
import { differentialPrivacyProperties } from './differential-privacy.ts'
import { fedAvgProperties } from './fedavg.ts'
import { localityProperties } from './fedavg-locality.ts'
import { gossipProperties } from './gossip.ts'
import { localOnlyProperties } from './local-only.ts'
import { metaProperties } from './meta.ts'
import { noniidProperties } from './noniid.ts'
import { objectiveProperties } from './objective.ts'
import { personalizedProperties } from './personalized.ts'
import { powerLawProperties } from './power-law.ts'
import { protocolProperties } from './protocol.ts'
import { quadraticProperties } from './quadratics.ts'
import { robustnessProperties } from './robustness.ts'
import { meanBreakdownProperties } from './robustness-mean.ts'
import { secureAggregationProperties } from './secure-aggregation.ts'
import { settingsProperties } from './settings.ts'
import { specialProperties } from './special.ts'

/** Every property of the clauses of the area `federated`. */
export const federatedProperties = [
  ...localOnlyProperties,
  ...localityProperties,
  ...broadcastProperties,
  ...protocolProperties,
  ...settingsProperties,
  ...noniidProperties,
  ...powerLawProperties,
  ...aggregateProperties,
  ...meanBreakdownProperties,
  ...robustnessProperties,
  ...secureAggregationProperties,
  ...differentialPrivacyProperties,
  ...gossipProperties,
  ...contractionProperties,
  ...clientUpdateProperties,
  ...fedAvgProperties,
  ...personalizedProperties,
  ...metaProperties,
  ...specialProperties,
  ...quadraticProperties,
  ...objectiveProperties,
  ...clientSamplingProperties,
  ...alternativeProperties,
  ...batchStatisticsProperties,
]
