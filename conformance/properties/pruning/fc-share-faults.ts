import { shareOfNetwork as reference } from '../../../reference/pruning/fc-share.ts'
import { shareOfNetwork } from '../../../spec/pruning/fc-share.ts'
import { scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(shareOfNetwork, reference)

/** Another number of removed weights, and what follows from it. */
const removing = (
  name: string,
  count: (p: {
    readonly convolutional: number
    readonly dense: number
    readonly convolutionalShare: number
    readonly denseShare: number
  }) => number,
) =>
  wrong.outputs(name, (_, { parameters }) => {
    const all = parameters.convolutional + parameters.dense
    const removed = count(parameters)
    return {
      removed: scalar(removed),
      left: scalar(all - removed),
      saved: scalar(removed / all),
    }
  })

export const shareOfAll = removing(
  'takes the share of fully connected layers of the whole network',
  (p) => Math.floor(p.denseShare * (p.convolutional + p.dense)),
)

export const swapsShares = wrong.parameters(
  'gives each kind the share of the other',
  ({ convolutionalShare, denseShare }) => ({
    convolutionalShare: denseShare,
    denseShare: convolutionalShare,
  }),
)

export const roundsToNearest = removing(
  'rounds to the nearest',
  (p) => Math.round(p.convolutionalShare * p.convolutional) + Math.round(p.denseShare * p.dense),
)

export const floorsDoubles = removing(
  'rounds down the product of doubles',
  (p) => Math.floor(p.convolutionalShare * p.convolutional) + Math.floor(p.denseShare * p.dense),
)

export const floorsTogether = removing('rounds the sum of both kinds down', (p) =>
  Math.floor(
    (Math.round(p.convolutionalShare * 1e4) * p.convolutional +
      Math.round(p.denseShare * 1e4) * p.dense) /
      1e4,
  ),
)

export const keepsShares = wrong.outputs(
  'keeps the shares instead of removing them',
  ({ removed, left, saved }) => ({ removed: left, left: removed, saved: scalar(1 - saved.at()) }),
)

export const convolutionalPart = wrong.outputs(
  'gives the part of the convolutions',
  ({ densePart }) => ({ densePart: scalar(1 - densePart.at()) }),
)

export const savedOfKind = wrong.outputs(
  'gives the share of a kind for that of the network',
  ({ saved }, { parameters: { denseShare, convolutionalShare } }) => ({
    saved: scalar(Math.max(denseShare, convolutionalShare) === 0 ? saved.at() : denseShare),
  }),
)
