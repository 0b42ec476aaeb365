/** The reference of every operation on recurrent networks, by the name that it has in this area. */

export { bidirectional, bidirectionalGradient } from './bidirectional.ts'
export { deepTransition, deepTransitionGradient } from './deep-transition.ts'
export { pathLengths } from './depth.ts'
export { forward, forwardGradient } from './forward.ts'
export { loss, lossGradient } from './loss.ts'
export { network } from './network.ts'
export { outputRecurrent, outputRecurrentGradient } from './output-recurrent.ts'
export { parameterCount } from './param-count.ts'
export { scores, scoresGradient } from './scores.ts'
export { sequenceToOne, sequenceToOneGradient } from './sequence-to-one.ts'
export { softmax, softmaxGradient } from './softmax.ts'
export { stacked, stackedGradient } from './stacked.ts'
