/** The fast implementation of every operation on recurrent networks, by the name that it has in this area. */

export { forward, forwardGradient } from './forward.ts'
export { loss, lossGradient } from './loss.ts'
export { network } from './network.ts'
export { scores, scoresGradient } from './scores.ts'
export { softmax, softmaxGradient } from './softmax.ts'
