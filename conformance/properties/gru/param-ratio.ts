import { layerCounts, paramRatio } from '../../../spec/gru/param-ratio.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  biasesMultiply,
  inputsTwice,
  oneSecondBias,
  twoGates,
  withoutBiases,
} from './param-ratio-faults.ts'

export const paramRatioProperties = properties(
  paramRatio,
  agreement(layerCounts, 'integers', {
    kills: [withoutBiases, twoGates, inputsTwice, oneSecondBias, biasesMultiply],
  }),
  law('three-quarters', {
    of: layerCounts,
    title: 'four times the parameters and products of one are three times those of the other',
    kills: [twoGates],
    share: 0.3,
    async holds({ answer, arithmetic, parameters }) {
      const { exact, multiply } = arithmetic
      const counts = await answer(layerCounts, {}, parameters)
      const times = (factor: number, name: keyof typeof counts) =>
        scalar(multiply(exact(factor), counts[name].at()))
      return [
        { label: 'parameters', expected: times(3, 'memory'), actual: times(4, 'gated') },
        {
          label: 'products',
          expected: times(3, 'memoryProducts'),
          actual: times(4, 'gatedProducts'),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: layerCounts,
    title: 'five inputs and seven units',
    kills: [withoutBiases, oneSecondBias],
    parameters: { inputs: 5, units: 7 },
    gives: {
      recurrent: [91],
      gated: [273],
      secondBias: [280],
      twoBiases: [294],
      memory: [364],
      gatedProducts: [252],
      memoryProducts: [336],
    },
  }),
)
