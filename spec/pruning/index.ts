import * as connection from './connection.ts'
import * as fcShare from './fc-share.ts'
import * as group from './group.ts'
import * as l1 from './l1.ts'
import * as l2 from './l2.ts'
import * as magnitude from './magnitude.ts'
import * as obdNetwork from './obd-network.ts'
import * as obdRounds from './obd-rounds.ts'
import * as obdSaliency from './obd-saliency.ts'
import * as retrain from './retrain.ts'
import * as retrainConvex from './retrain-convex.ts'
import * as search from './search.ts'
import * as sensitivity from './sensitivity.ts'
import * as sensitivityNetwork from './sensitivity-network.ts'
import * as sparse from './sparse.ts'
import * as structured from './structured.ts'
import * as threshold from './threshold.ts'
import * as unit from './unit.ts'

/** The clauses on pruning, in the order of the notes. */
export const clauses = [
  connection.connection,
  unit.neuron,
  retrain.iterativeRetrain,
  retrainConvex.convexRetrain,
  threshold.threshold,
  unit.unitScore,
  magnitude.percentage,
  magnitude.dataFree,
  magnitude.globalVersusLayerwise,
  l2.l2,
  l2.l2Gradient,
  l2.l2Shrinkage,
  l1.exactZeros,
  sensitivity.leaveOneOut,
  sensitivityNetwork.ofNetwork,
  obdSaliency.saliency,
  obdSaliency.saliencyIsLossChange,
  obdNetwork.secondDerivatives,
  obdNetwork.hessianCost,
  obdRounds.algorithm,
  obdRounds.versusMagnitude,
  search.maskEncoding,
  search.evolution,
  fcShare.fcShare,
  structured.structured,
  sparse.unstructured,
  group.group,
  group.contrast,
] as const
