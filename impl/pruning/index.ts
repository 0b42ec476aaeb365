/** The fast implementation of every operation on pruning, by the name that it has in this area. */

export { maskedDense, maskedDenseGradient } from './connection.ts'
export { groupPenalty, groupPenaltyGradient, groupStep } from './group.ts'
export { l1Minimum, l1Step } from './l1.ts'
export { l2Minimum, l2Penalty, l2PenaltyGradient, l2Step } from './l2.ts'
export { byPercentage } from './magnitude.ts'
export { pruneAndRetrain } from './retrain.ts'
export { sensitivity } from './sensitivity.ts'
export { compressedRows, twoOfFour } from './sparse.ts'
export { byThreshold } from './threshold.ts'
export { networkOfUnits, removeUnit, unitScores } from './unit.ts'
