import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { alexnet, fullyConnectedShare } from '../../../spec/inception/alexnet.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { nothing } from '../../kit/spaces.ts'
import { range, worked } from '../../kit/worked.ts'
import {
  costLikeSize,
  forgetsBiases,
  ignoresGroups,
  pooledHead,
  roundsUp,
} from './alexnet-faults.ts'

const ofImageNet = { side: 227, classes: 1000, groups: 2 } as const

export const alexnetProperties = properties(
  fullyConnectedShare,
  agreement(alexnet, 'integers', {
    kills: [ignoresGroups, forgetsBiases, pooledHead, costLikeSize, roundsUp],
  }),
  law('shares', {
    of: alexnet,
    title: 'the shares are those of the counts',
    kills: [costLikeSize],
    async holds<T>({ arithmetic, measure, parameters: given }: Bench<T, typeof alexnet>) {
      const { multiply, total } = arithmetic
      const answer = await measure(alexnet, {}, given)
      const connected = (label: string, counts: NumberArray<T>, share: NumberArray<T>) => ({
        label,
        expected: scalar(total(counts.data.slice(5))),
        actual: scalar(multiply(share.at(), total(counts.data))),
      })
      return [
        connected('parameters', answer.parameters, answer.shareOfParameters),
        connected('multiply-adds', answer.multiplyAdds, answer.shareOfCost),
      ]
    },
  }),
  worked('about-95', {
    of: alexnet,
    title: 'about 95 of 100 parameters and 5 to 10 of 100 multiply-adds, as published',
    kills: [pooledHead, costLikeSize],
    parameters: ofImageNet,
    gives: { shareOfParameters: [range(0.95, 1)], shareOfCost: [range(0.05, 0.1)] },
  }),
  worked('layers', {
    of: alexnet,
    title: 'the layers of section 3.5, by hand',
    kills: [ignoresGroups, forgetsBiases, pooledHead],
    parameters: ofImageNet,
    gives: {
      parameters: [34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000],
    },
  }),
  law('sixty-million', {
    of: nothing,
    asks: [alexnet],
    title: 'all together 60 965 224 parameters, where 60 million are printed',
    kills: [ignoresGroups, forgetsBiases],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const { parameters } = await answer(alexnet, {}, ofImageNet)
      const all = scalar(arithmetic.total(parameters.data))
      return [{ label: 'all layers', expected: exact(scalar(60_965_224)), actual: all }]
    },
  }),
)
