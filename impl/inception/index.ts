import { alexnet } from './alexnet.ts'
import { inference, totalLoss, trainingGradient, trainingLoss } from './auxiliary.ts'
import { flatHead, headCounts, pooledHead, pooledHeadGradient } from './head.ts'

/** The fast implementation of every operation on auxiliary classifiers and heads, by the operation's id. */
export const inceptionFast = {
  'inception.totalLoss': totalLoss,
  'inception.trainingLoss': trainingLoss,
  'inception.trainingGradient': trainingGradient,
  'inception.inference': inference,
  'inception.headCounts': headCounts,
  'inception.pooledHead': pooledHead,
  'inception.pooledHeadGradient': pooledHeadGradient,
  'inception.flatHead': flatHead,
  'inception.alexnet': alexnet,
} as const
