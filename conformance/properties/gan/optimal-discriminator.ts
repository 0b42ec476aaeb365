import { build } from '../../../reference/arithmetic/array.ts'
import { shares } from '../../../reference/gan/optimal-discriminator.ts'
import { minus } from '../../../reference/layers/addition.ts'
import {
  optimalDiscriminator,
  optimalDiscriminatorClause,
} from '../../../spec/gan/optimal-discriminator.ts'
import { expectedValue } from '../../../spec/gan/value-function.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  choosesLikelier,
  dataAlone,
  givesDensity,
  givesRatio,
  nothingByNothing,
  shareOfGenerated,
  valueInBits,
  valueOfUndecided,
  weightsAsTheyAre,
  zeroLogZero,
} from './optimal-discriminator-faults.ts'
import { addsWeighted, takesNegative } from './value-function-faults.ts'

export const optimalDiscriminatorProperties = properties(
  optimalDiscriminatorClause,
  ...agreementTwice(optimalDiscriminator, {
    kills: [
      shareOfGenerated,
      givesRatio,
      givesDensity,
      choosesLikelier,
      weightsAsTheyAre,
      nothingByNothing,
      valueInBits,
      zeroLogZero,
      valueOfUndecided,
      dataAlone,
    ],
    share: 0.6,
  }),
  law('largest', {
    of: expectedValue,
    asks: [expectedValue, optimalDiscriminator],
    values: 'reals',
    title: 'no discriminator has a larger value',
    kills: [takesNegative, addsWeighted, valueOfUndecided, valueInBits],
    share: 0.4,
    async holds({ arithmetic, inputs: { logits, data, generated }, measure }) {
      const { value: most } = await measure(optimalDiscriminator, { data, generated }, {})
      const near = changed(logits, (a) => a % 4)
      const given = { logits: near, data, generated }
      const { value } = await measure(expectedValue, given, {})
      return [between(arithmetic, 'V(D) ≤ V(D*)', value, null, most)]
    },
  }),
  law('stationary', {
    of: optimalDiscriminator,
    values: 'reals',
    title: 'there the data pull as much as generated samples: p (1 − D) = q D',
    kills: [shareOfGenerated, givesDensity, choosesLikelier, weightsAsTheyAre],
    share: 0.4,
    async holds({ arithmetic, array, exact, inputs, measure }) {
      const { multiply } = arithmetic
      const { probability } = await measure(optimalDiscriminator, inputs, {})
      const [p, q] = [shares(arithmetic, array('data')), shares(arithmetic, array('generated'))]
      const rest = minus(arithmetic, exact(filled(probability.shape, 1)), probability)
      return [
        {
          label: 'p (1 − D)',
          expected: build(q.shape, (n) => multiply(q.at(n), probability.at(n))),
          actual: build(p.shape, (n) => multiply(p.at(n), rest.at(n))),
        },
      ]
    },
  }),
  law('attained', {
    of: optimalDiscriminator,
    asks: [optimalDiscriminator, expectedValue],
    title: 'the value of the same distribution is that of the discriminator without opinion',
    kills: [valueInBits, dataAlone, takesNegative],
    share: 0.2,
    async holds({ inputs: { data }, measure }) {
      const generated = changed(data, (p) => 2 * p)
      const { value } = await measure(optimalDiscriminator, { data, generated }, {})
      const logits = filled(data.shape, 0)
      const undecided = await measure(expectedValue, { logits, data, generated }, {})
      return [{ label: 'value', expected: undecided.value, actual: value }]
    },
  }),
  equivariance('exchanged', {
    of: optimalDiscriminator,
    values: 'reals',
    title: 'data and generated samples exchanged give 1 − D, and the same value',
    kills: [givesRatio, givesDensity, dataAlone],
    share: 0.3,
    inputs: ({ data, generated }) => ({ data: generated, generated: data }),
    outputs: ({ probability, value }, { arithmetic, exact }) => ({
      probability: minus(arithmetic, exact(filled(probability.shape, 1)), probability),
      value,
    }),
  }),
  worked('by-hand', {
    of: optimalDiscriminator,
    title: 'two points: alike, one of them generated alone, and nothing in common',
    kills: [givesRatio, givesDensity, valueOfUndecided, zeroLogZero],
    cases: [
      {
        says: 'alike',
        inputs: { data: tensor([2], [1, 3]), generated: tensor([2], [2, 6]) },
        gives: { probability: [0.5, 0.5], value: [about('-1.386294')] },
      },
      {
        says: 'the first generated alone',
        inputs: { data: tensor([2], [0.5, 0.5]), generated: tensor([2], [1, 0]) },
        gives: { probability: [about('0.333333'), 1], value: [about('-0.954771')] },
      },
      {
        says: 'nothing in common',
        inputs: { data: tensor([2], [0, 1]), generated: tensor([2], [1, 0]) },
        gives: { probability: [0, 1], value: [0] },
      },
    ],
  }),
)
