/** The fast implementation of every operation on back-propagation through time, by the name that it has in this area. */

export { loss, lossGradient } from './loss.ts'
