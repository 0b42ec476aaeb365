/** The reference of every operation on efficient architectures, by the name that it has in this area. */

export { denseBlock, denseBlockGradient } from './dense.ts'
export { denseChannels, densenet } from './densenet.ts'
export { depthwise, depthwiseGradient } from './depthwise.ts'
export { fire, fireGradient } from './fire.ts'
export { mobilenet, scaledCost, separableCost } from './mobilenet.ts'
export {
  groupPointwise,
  groupPointwiseGradient,
  pointwise,
  pointwiseGradient,
} from './pointwise.ts'
export { separable, separableGradient } from './separable.ts'
export { channelShuffle, channelShuffleGradient } from './shuffle.ts'
export { unitCosts } from './shufflenet.ts'
export { fireCounts, squeezenet, stridedChain } from './squeezenet.ts'
