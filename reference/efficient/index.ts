import { denseBlock, denseBlockGradient } from './dense.ts'
import { denseChannels, densenet } from './densenet.ts'
import { depthwise, depthwiseGradient } from './depthwise.ts'
import { fire, fireGradient } from './fire.ts'
import { mobilenet, scaledCost, separableCost } from './mobilenet.ts'
import {
  groupPointwise,
  groupPointwiseGradient,
  pointwise,
  pointwiseGradient,
} from './pointwise.ts'
import { separable, separableGradient } from './separable.ts'
import { channelShuffle, channelShuffleGradient } from './shuffle.ts'
import { unitCosts } from './shufflenet.ts'
import { fireCounts, squeezenet, stridedChain } from './squeezenet.ts'

/** The reference of every operation on efficient architectures, by the operation's id. */
export const efficientReferences = {
  'efficient.depthwise': depthwise,
  'efficient.depthwiseGradient': depthwiseGradient,
  'efficient.pointwise': pointwise,
  'efficient.pointwiseGradient': pointwiseGradient,
  'efficient.separable': separable,
  'efficient.separableGradient': separableGradient,
  'efficient.separableCost': separableCost,
  'efficient.scaledCost': scaledCost,
  'efficient.mobilenet': mobilenet,
  'efficient.fire': fire,
  'efficient.fireGradient': fireGradient,
  'efficient.fireCounts': fireCounts,
  'efficient.squeezenet': squeezenet,
  'efficient.stridedChain': stridedChain,
  'efficient.groupPointwise': groupPointwise,
  'efficient.groupPointwiseGradient': groupPointwiseGradient,
  'efficient.channelShuffle': channelShuffle,
  'efficient.channelShuffleGradient': channelShuffleGradient,
  'efficient.unitCosts': unitCosts,
  'efficient.denseBlock': denseBlock,
  'efficient.denseBlockGradient': denseBlockGradient,
  'efficient.denseChannels': denseChannels,
  'efficient.densenet': densenet,
} as const
