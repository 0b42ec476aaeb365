/** The reference of every operation on auxiliary classifiers and heads, by the name that it has in this area. */

export { alexnet } from './alexnet.ts'
export { inference, totalLoss, trainingGradient, trainingLoss } from './auxiliary.ts'
export { flatHead, headCounts, pooledHead, pooledHeadGradient } from './head.ts'
