/** The reference of every operation on compression and shared weights, by the name that it has in this area. */

export { clusterRate, clusterStep, linearCodebook } from './cluster.ts'
export { expand, expandGradient, shareCounts, sharedStep } from './sharing.ts'
export { storedSize } from './size-accounting.ts'
