import * as alexnet from './alexnet.ts'
import * as auxiliary from './auxiliary.ts'
import * as head from './head.ts'
import * as stem from './stem.ts'

/** The clauses on networks with auxiliary classifiers and pooled heads, in the order of the notes. */
export const clauses = [
  auxiliary.auxLoss,
  auxiliary.auxGradient,
  auxiliary.auxInference,
  head.paramSaving,
  alexnet.fullyConnectedShare,
  stem.stem,
] as const
