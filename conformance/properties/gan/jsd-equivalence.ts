import { sum } from '../../../reference/arithmetic/array.ts'
import { shares } from '../../../reference/gan/optimal-discriminator.ts'
import { jensenShannon, jsdEquivalence } from '../../../spec/gan/jsd-equivalence.ts'
import { optimalDiscriminator } from '../../../spec/gan/optimal-discriminator.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsBoth,
  addsEpsilon,
  cancels,
  commonPointsAlone,
  fromOneSide,
  givesRoot,
  inBits,
  kullbackLeibler,
  meanOfBoth,
  weightsAsTheyAre,
  zeroIsNone,
} from './jsd-equivalence-faults.ts'
import {
  dataAlone,
  valueInBits,
  valueIsDivergence,
  valueOfUndecided,
} from './optimal-discriminator-faults.ts'

export const jsdEquivalenceProperties = properties(
  jsdEquivalence,
  ...agreementTwice(
    jensenShannon,
    {
      kills: [
        inBits,
        givesRoot,
        addsBoth,
        fromOneSide,
        kullbackLeibler,
        meanOfBoth,
        weightsAsTheyAre,
        zeroIsNone,
        commonPointsAlone,
        addsEpsilon,
      ],
    },
    { kills: [inBits, givesRoot, fromOneSide, cancels, addsEpsilon] },
  ),
  law('value', {
    of: jensenShannon,
    asks: [jensenShannon, optimalDiscriminator],
    values: 'reals',
    title: 'the value of the best discriminator is −ln 4 and twice the divergence',
    kills: [inBits, addsBoth, givesRoot, valueInBits, valueOfUndecided, dataAlone],
    share: 0.4,
    async holds({ arithmetic: { add, exact, log, multiply, negate }, inputs, measure }) {
      const { divergence } = await measure(jensenShannon, inputs, {})
      const { value } = await measure(optimalDiscriminator, inputs, {})
      const twice = multiply(exact(2), divergence.at())
      return [{ label: 'C(G)', expected: scalar(add(negate(log(exact(4))), twice)), actual: value }]
    },
  }),
  law('between', {
    of: jensenShannon,
    values: 'reals',
    title:
      'it is at least half the square of the distance in total variation, and at most ln 2 of it',
    kills: [addsBoth, givesRoot, kullbackLeibler, commonPointsAlone],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure }) {
      const { abs, exact, log, multiply, subtract } = arithmetic
      const { divergence } = await measure(jensenShannon, inputs, {})
      const [p, q] = [shares(arithmetic, array('data')), shares(arithmetic, array('generated'))]
      const apart = sum(arithmetic, p.shape, (n) => abs(subtract(p.at(n), q.at(n))))
      const distance = multiply(exact(0.5), apart)
      const least = scalar(multiply(exact(0.5), multiply(distance, distance)))
      const most = scalar(multiply(log(exact(2)), distance))
      return [between(arithmetic, '½ TV² ≤ JSD ≤ TV ln 2', divergence, least, most)]
    },
  }),
  law('not-negative', {
    of: jensenShannon,
    values: 'reals',
    title: 'of distributions that are nearly the same it is not below 0, to the bit',
    kills: [cancels],
    share: 0.4,
    async holds({ answer, arithmetic, exact, inputs: { data }, judgedBy, measure }) {
      const generated = changed(data, (p, n) => Math.fround(p * (1 + (n % 3) * 2 ** -12)))
      const pair = { data, generated }
      if (judgedBy.profile.shortcuts?.includes('divergences added up')) {
        // Two divergences that cancel are below 0 by roundings of a share, which are seen beside all of them, 1.
        const { divergence } = await measure(jensenShannon, pair, {})
        const actual = scalar(arithmetic.add(arithmetic.exact(1), divergence.at()))
        return [between(arithmetic, '1 ≤ 1 + JSD', actual, exact(scalar(1)), null)]
      }
      const { divergence } = await answer(jensenShannon, pair, {})
      return [between(arithmetic, '0 ≤ JSD', divergence, exact(scalar(0)), null)]
    },
  }),
  equivariance('symmetric', {
    of: jensenShannon,
    values: 'reals',
    title: 'it is the same from either side',
    kills: [fromOneSide, kullbackLeibler],
    share: 0.3,
    inputs: ({ data, generated }) => ({ data: generated, generated: data }),
  }),
  equivariance('shares', {
    of: jensenShannon,
    title: 'eight times the weights of the data are the same shares',
    kills: [weightsAsTheyAre],
    share: 0.1,
    inputs: ({ data }) => ({ data: changed(data, (p) => 8 * p) }),
  }),
  worked('by-hand', {
    of: jensenShannon,
    title:
      'the same: 0; one of two points: 0.2158; nothing in common: ln 2; nearly the same: 1.2e-7',
    kills: [inBits, addsBoth, givesRoot, fromOneSide, meanOfBoth, commonPointsAlone],
    cases: [
      {
        says: 'the same',
        inputs: { data: tensor([2], [1, 3]), generated: tensor([2], [2, 6]) },
        gives: { divergence: [0] },
      },
      {
        says: 'one of two points',
        inputs: { data: tensor([2], [0.5, 0.5]), generated: tensor([2], [1, 0]) },
        gives: { divergence: [about('0.215762')] },
      },
      {
        says: 'nothing in common',
        inputs: { data: tensor([2], [0, 1]), generated: tensor([2], [1, 0]) },
        gives: { divergence: [Math.LN2] },
      },
      {
        says: 'shares of 2048 ± 1 in 4096',
        inputs: { data: tensor([2], [2049, 2047]), generated: tensor([2], [2047, 2049]) },
        gives: { divergence: [about('1.192093e-7')] },
      },
    ],
  }),
  worked('E-55', {
    of: optimalDiscriminator,
    title: 'the value is not the divergence: −0.9548, not 0.2158',
    kills: [valueIsDivergence],
    inputs: { data: tensor([2], [0.5, 0.5]), generated: tensor([2], [1, 0]) },
    notes: { value: [0.215762] },
    gives: { value: [about('-0.954771')] },
  }),
)
