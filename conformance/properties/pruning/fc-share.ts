import { fcShare, shareOfNetwork } from '../../../spec/pruning/fc-share.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  convolutionalPart,
  floorsDoubles,
  floorsTogether,
  keepsShares,
  roundsToNearest,
  savedOfKind,
  shareOfAll,
  swapsShares,
} from './fc-share-faults.ts'

const alexNet = { convolutional: 2_332_704, dense: 58_621_952 } as const

export const fcShareProperties = properties(
  fcShare,
  agreementTwice(shareOfNetwork, {
    kills: [shareOfAll, swapsShares, roundsToNearest, keepsShares, convolutionalPart, savedOfKind],
  }),
  law('each-kind', {
    of: shareOfNetwork,
    title: 'what is removed of both kinds is what is removed of each alone',
    kills: [floorsTogether, keepsShares],
    share: 0.5,
    async holds({ answer, arithmetic, parameters }) {
      const ask = async (shares: Partial<typeof parameters>) =>
        (await answer(shareOfNetwork, {}, { ...parameters, ...shares })).removed.at()
      const both = await ask({})
      const first = await ask({ denseShare: 0 })
      const second = await ask({ convolutionalShare: 0 })
      const { left } = await answer(shareOfNetwork, {}, parameters)
      const { add, exact } = arithmetic
      return [
        { label: 'removed', expected: scalar(add(first, second)), actual: scalar(both) },
        {
          label: 'removed and left',
          expected: scalar(exact(parameters.convolutional + parameters.dense)),
          actual: scalar(add(both, left.at())),
        },
      ]
    },
  }),
  worked('E-24', {
    of: shareOfNetwork,
    title: 'of AlexNet, 65 % of the fully connected layers are 62.5 %, of the convolutions 2.5 %',
    kills: [shareOfAll, swapsShares, savedOfKind, convolutionalPart],
    cases: [
      {
        says: 'fully connected layers',
        parameters: { ...alexNet, convolutionalShare: 0, denseShare: 0.65 },
        gives: {
          removed: [38_104_268],
          left: [22_850_388],
          densePart: [about('0.962')],
          saved: [about('0.625')],
        },
      },
      {
        says: 'convolutions',
        parameters: { ...alexNet, convolutionalShare: 0.65, denseShare: 0 },
        notes: { removed: [38_104_268] },
        gives: { removed: [1_516_257], left: [59_438_399], saved: [about('0.025')] },
      },
    ],
  }),
  worked('decimal', {
    of: shareOfNetwork,
    title: 'of 100 weights 0.29 are 29, though the product in double precision is below it',
    kills: [floorsDoubles],
    parameters: { convolutional: 0, dense: 100, convolutionalShare: 0, denseShare: 0.29 },
    gives: { removed: [29], left: [71] },
  }),
)
