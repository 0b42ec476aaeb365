import { payoffs, roles } from '../../../spec/gan/roles.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  adds,
  gameAlways,
  halves,
  sameSide,
  shiftsByBatch,
  swapsKinds,
  withoutReal,
} from './roles-faults.ts'

const blind = {
  samples: tensor([1, 1], [3]),
  noise: tensor([1, 1], [0]),
  generatorHidden: tensor([1, 1], [1]),
  generatorHiddenBias: tensor([1], [0]),
  generatorOutput: tensor([1, 1], [1]),
  generatorOutputBias: tensor([1], [7]),
  discriminatorHidden: tensor([1, 1], [1]),
  discriminatorHiddenBias: tensor([1], [0]),
  discriminatorOutput: tensor([1], [0]),
  discriminatorOutputBias: tensor([], [0]),
}

export const rolesProperties = properties(
  roles,
  ...agreementTwice(payoffs, {
    kills: [swapsKinds, sameSide, withoutReal, gameAlways, adds, halves, shiftsByBatch],
    share: 0.5,
  }),
  law('zero-sum', {
    of: { ...payoffs, parameters: {} },
    asks: [payoffs],
    title: 'in the game, what both get adds up to 0, and the discriminator gets at most 0',
    values: 'reals',
    kills: [sameSide, withoutReal],
    share: 0.2,
    async holds({ arithmetic, exact, inputs, measure }) {
      const { add } = arithmetic
      const answer = await measure(payoffs, inputs, { loss: 'saturating' })
      const [u, v] = [answer.discriminator.at(), answer.generator.at()]
      return [
        { label: 'the sum', expected: exact(scalar(0)), actual: scalar(add(u, v)) },
        atMost(arithmetic, 'at most 0', u, arithmetic.exact(0)),
      ]
    },
  }),
  equivariance('real-samples-alone', {
    of: payoffs,
    title: 'noise has no influence on the logits of real samples, to the bit',
    values: 'reals',
    kills: [shiftsByBatch],
    share: 0.2,
    toTheBit: true,
    inputs: ({ noise }) => ({ noise: changed(noise, (z) => z + 1) }),
    compared: ({ realLogits }) => ({ realLogits }),
  }),
  worked('undecided', {
    of: payoffs,
    title:
      'a discriminator that gives ½ gets −2 ln 2, and the generator as much as it loses, or −ln 2',
    kills: [sameSide, gameAlways, halves, withoutReal],
    cases: [
      {
        inputs: blind,
        parameters: { loss: 'saturating' },
        gives: {
          generated: [7],
          discriminator: [about('-1.386294')],
          generator: [about('1.386294')],
        },
      },
      {
        inputs: blind,
        parameters: { loss: 'non-saturating' },
        gives: { generator: [about('-0.693147')] },
      },
    ],
  }),
)
