import { probabilityValue, valueOfProbabilities } from '../../../spec/gan/value-of-probabilities.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsLosses,
  addsSmallNumber,
  alwaysCutsLogarithms,
  alwaysCutsProbabilities,
  cutsBelowOnly,
  inBits,
  neverCuts,
  nothingTimesInfinity,
  slopesByBothSides,
  slopesOfLoss,
  slopesOfSum,
  slopesThroughCut,
  takesGeneratedForReal,
} from './value-of-probabilities-faults.ts'

const infinity = Number.POSITIVE_INFINITY

export const valueOfProbabilitiesProperties = properties(
  valueOfProbabilities,
  ...agreementTwice(
    probabilityValue,
    {
      kills: [
        alwaysCutsLogarithms,
        alwaysCutsProbabilities,
        neverCuts,
        takesGeneratedForReal,
        cutsBelowOnly,
        nothingTimesInfinity,
        slopesThroughCut,
      ],
      share: 0.6,
    },
    {
      kills: [
        addsLosses,
        addsSmallNumber,
        inBits,
        slopesOfSum,
        slopesOfLoss,
        slopesByBothSides,
        takesGeneratedForReal,
      ],
    },
  ),
  law('exchanged', {
    of: { ...probabilityValue, parameters: {} },
    asks: [probabilityValue],
    values: 'reals',
    title: 'of both kinds exchanged, with what is left of 1, it is the same value',
    kills: [takesGeneratedForReal],
    share: 0.3,
    async holds({ inputs, measure }) {
      // In 64ths, so that nothing of what is left is lost.
      const whole = (D: typeof inputs.real) => changed(D, (d) => Math.round(d * 64) / 64)
      const [real, generated] = [whole(inputs.real), whole(inputs.generated)]
      const left = (D: typeof real) => changed(D, (d) => 1 - d)
      const found = await measure(probabilityValue, { real, generated }, { cut: 'logarithms' })
      const turned = { real: left(generated), generated: left(real) }
      const other = await measure(probabilityValue, turned, { cut: 'logarithms' })
      return [
        { label: 'V', expected: found.value, actual: other.value },
        { label: 'on real', expected: found.onReal, actual: other.onGenerated },
      ]
    },
  }),
  law('bounded-below', {
    of: { ...probabilityValue, parameters: {} },
    asks: [probabilityValue],
    title: 'cut off, no batch loses more than 100 a sample, or more than 16.2',
    kills: [neverCuts],
    share: 0.3,
    async holds({ arithmetic: { exact, negate }, arithmetic, inputs, measure }) {
      const limits = [
        ['logarithms', 100],
        ['probabilities', 17],
      ] as const
      const claims = []
      for (const [cut, most] of limits) {
        const { onReal, onGenerated } = await measure(probabilityValue, inputs, { cut })
        claims.push(
          atMost(arithmetic, `loss on real, ${cut}`, negate(onReal.at()), exact(most)),
          atMost(arithmetic, `loss on generated, ${cut}`, negate(onGenerated.at()), exact(most)),
        )
      }
      return claims
    },
  }),
  worked('by-hand', {
    of: probabilityValue,
    title:
      'certain and wrong of one sample of each kind, certain and right, and without an opinion',
    kills: [
      alwaysCutsLogarithms,
      alwaysCutsProbabilities,
      neverCuts,
      slopesByBothSides,
      nothingTimesInfinity,
    ],
    cases: [
      {
        says: 'ln ½ twice',
        inputs: { real: tensor([1], [0.5]), generated: tensor([1], [0.5]) },
        parameters: { cut: 'none' },
        gives: {
          value: [-2 * Math.LN2],
          onReal: [-Math.LN2],
          onGenerated: [-Math.LN2],
          realSlopes: [2],
          generatedSlopes: [-2],
        },
      },
      {
        says: 'certain and right',
        inputs: { real: tensor([1], [1]), generated: tensor([1], [0]) },
        parameters: { cut: 'none' },
        gives: {
          value: [0],
          onReal: [0],
          onGenerated: [0],
          realSlopes: [1],
          generatedSlopes: [-1],
        },
      },
      {
        says: 'certain and wrong',
        inputs: { real: tensor([1], [0]), generated: tensor([1], [1]) },
        parameters: { cut: 'none' },
        gives: {
          value: [-infinity],
          onReal: [-infinity],
          onGenerated: [-infinity],
          realSlopes: [infinity],
          generatedSlopes: [-infinity],
        },
      },
      {
        says: 'the same with logarithms cut off, of two real samples',
        inputs: { real: tensor([2], [0, 1]), generated: tensor([1], [1]) },
        parameters: { cut: 'logarithms' },
        gives: {
          value: [-150],
          onReal: [-50],
          onGenerated: [-100],
          realSlopes: [0, 0.5],
          generatedSlopes: [0],
        },
      },
    ],
  }),
)
