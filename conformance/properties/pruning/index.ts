import { connectionProperties } from './connection.ts'
import { fcShareProperties } from './fc-share.ts'
import { groupProperties } from './group.ts'
import { l1Properties } from './l1.ts'
import { l2Properties } from './l2.ts'
import { magnitudeProperties } from './magnitude.ts'
import { obdNetworkProperties } from './obd-network.ts'
import { obdRoundsProperties } from './obd-rounds.ts'
import { obdSaliencyProperties } from './obd-saliency.ts'
import { retrainProperties } from './retrain.ts'
import { retrainConvexProperties } from './retrain-convex.ts'
import { searchProperties } from './search.ts'
import { sensitivityProperties } from './sensitivity.ts'
import { sensitivityNetworkProperties } from './sensitivity-network.ts'
import { sparseProperties } from './sparse.ts'
import { structuredProperties } from './structured.ts'
import { thresholdProperties } from './threshold.ts'
import { unitProperties } from './unit.ts'

/** Every property of the clauses on pruning. */
export const pruningProperties = [
  ...connectionProperties,
  ...retrainProperties,
  ...retrainConvexProperties,
  ...thresholdProperties,
  ...unitProperties,
  ...magnitudeProperties,
  ...l2Properties,
  ...l1Properties,
  ...sensitivityProperties,
  ...sensitivityNetworkProperties,
  ...obdSaliencyProperties,
  ...obdNetworkProperties,
  ...obdRoundsProperties,
  ...searchProperties,
  ...fcShareProperties,
  ...structuredProperties,
  ...sparseProperties,
  ...groupProperties,
]
