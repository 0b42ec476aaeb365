/** The reference of every operation on back-propagation through time, by the name that it has in this area. */

export { clipByNorm, clipByValue } from './clipping.ts'
export { unfoldedDepth } from './depth-equals-length.ts'
export { gradientDiagnosis, overflowStep } from './explosion-detectable.ts'
export { gradientProfile } from './gradient-profile.ts'
export { jacobian } from './jacobian.ts'
export { loss, lossGradient } from './loss.ts'
export { shortTermShare } from './short-term-bias.ts'
export { truncatedGradient } from './truncated.ts'
