import * as alexnet from './alexnet.ts'
import * as auxiliary from './auxiliary.ts'
import * as head from './head.ts'

/** The operations on networks with auxiliary classifiers and pooled heads. */
export const operations = [
  auxiliary.totalLoss,
  auxiliary.trainingLoss,
  auxiliary.trainingGradient,
  auxiliary.inference,
  head.headCounts,
  head.pooledHead,
  head.pooledHeadGradient,
  head.flatHead,
  alexnet.alexnet,
] as const

/** Their clauses, in the order of the notes. */
export const clauses = [
  auxiliary.auxLoss,
  auxiliary.auxGradient,
  auxiliary.auxInference,
  head.paramSaving,
  alexnet.fullyConnectedShare,
] as const
