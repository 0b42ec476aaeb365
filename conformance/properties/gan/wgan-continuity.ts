import { build } from '../../../reference/arithmetic/array.ts'
import { continuity, pointDivergences } from '../../../spec/gan/wgan-continuity.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  alsoByDistance,
  apartAlways,
  inBits,
  leftIsHere,
  signed,
  slopeOfKink,
  smoothed,
  squares,
  unhalved,
  unsigned,
} from './wgan-continuity-faults.ts'

const infinity = Number.POSITIVE_INFINITY
const ln2 = Math.LN2

export const continuityProperties = properties(
  continuity,
  ...agreementTwice(
    pointDivergences,
    {
      kills: [
        inBits,
        unhalved,
        smoothed,
        squares,
        signed,
        unsigned,
        slopeOfKink,
        apartAlways,
        leftIsHere,
      ],
      share: 0.5,
    },
    { kills: [inBits, unhalved, smoothed, squares, signed, unsigned, alsoByDistance, leftIsHere] },
  ),
  equivariance('in-proportion', {
    of: pointDivergences,
    title: 'half as far, the Wasserstein distance is half as large and everything else as it was',
    kills: [squares, alsoByDistance],
    share: 0.3,
    inputs: ({ theta }) => ({ theta: changed(theta, (v) => v / 2) }),
    outputs: ({ wasserstein }, { arithmetic: { exact, multiply } }) => ({
      wasserstein: build(wasserstein.shape, (n) => multiply(exact(0.5), wasserstein.at(n))),
    }),
  }),
  equivariance('mirrored', {
    of: pointDivergences,
    title: 'on the other side of the data only the slope has another sign',
    kills: [signed, unsigned, leftIsHere],
    share: 0.3,
    inputs: ({ theta }) => ({ theta: changed(theta, (v) => -v) }),
    outputs: ({ slope }, { arithmetic: { negate } }) => ({
      slope: build(slope.shape, (n) => negate(slope.at(n))),
    }),
  }),
  law('descent', {
    of: pointDivergences,
    title: 'a step as long as the distance, against its slope, ends at the data',
    kills: [squares, unsigned],
    share: 0.3,
    async holds({ array, arithmetic, inputs, measure }) {
      const { multiply, subtract } = arithmetic
      const theta = array('theta')
      const { slope, wasserstein } = await measure(pointDivergences, inputs, {})
      const after = build(theta.shape, (n) =>
        subtract(theta.at(n), multiply(wasserstein.at(n), slope.at(n))),
      )
      const there = await measure(pointDivergences, { theta: numbers(arithmetic, after) }, {})
      return [
        {
          label: 'θ after the step',
          expected: build(theta.shape, () => arithmetic.exact(0)),
          actual: after,
        },
        {
          label: 'divergence there',
          expected: build(theta.shape, () => arithmetic.exact(0)),
          actual: there.jensenShannon,
        },
      ]
    },
  }),
  worked('example-1', {
    of: pointDivergences,
    title: 'example 1 of the publication, on both sides and at the data',
    kills: [inBits, unhalved, smoothed, signed, unsigned, slopeOfKink, apartAlways],
    inputs: { theta: tensor([4], [-0.5, 0, 0.001953125, 1]) },
    gives: {
      wasserstein: [0.5, 0, 0.001953125, 1],
      slope: [-1, 0, 1, 1],
      jensenShannon: [ln2, 0, ln2, ln2],
      kullbackLeibler: [infinity, 0, infinity, infinity],
    },
  }),
)
