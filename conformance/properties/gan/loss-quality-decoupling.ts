import { build } from '../../../reference/arithmetic/array.ts'
import { decoupling, diracLosses } from '../../../spec/gan/loss-quality-decoupling.ts'
import { pointDivergences } from '../../../spec/gan/wgan-continuity.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  byProbability,
  clampsLogits,
  exchangesLosses,
  forgetsReal,
  inBits,
  lossIsDistance,
  otherSign,
  signsOnly,
} from './loss-quality-decoupling-faults.ts'
import { alsoByDistance } from './wgan-continuity-faults.ts'

export const decouplingProperties = properties(
  decoupling,
  ...agreementTwice(
    diracLosses,
    {
      kills: [
        otherSign,
        forgetsReal,
        exchangesLosses,
        inBits,
        signsOnly,
        lossIsDistance,
        clampsLogits,
      ],
      share: 0.4,
    },
    {
      kills: [
        otherSign,
        forgetsReal,
        exchangesLosses,
        inBits,
        signsOnly,
        lossIsDistance,
        byProbability,
      ],
      share: 0.6,
    },
  ),
  equivariance('constant', {
    of: pointDivergences,
    title: 'the divergence, and so the best value of the game, is the same wherever the sample is',
    kills: [alsoByDistance],
    share: 0.3,
    inputs: ({ theta }) => ({ theta: changed(theta, (v) => 8 * v + Math.sign(v)) }),
    compared: ({ jensenShannon }) => ({ jensenShannon }),
  }),
  law('weaker', {
    of: diracLosses,
    values: 'reals',
    title: 'the same rejected samples have a lower loss against a discriminator of half the weight',
    kills: [otherSign],
    share: 0.3,
    async holds({ arithmetic, inputs, measure }) {
      // On the side that the discriminator rejects.
      const theta = changed(inputs.theta, Math.abs)
      const psi = changed(inputs.psi, (v) => -Math.abs(v))
      const strong = await measure(diracLosses, { theta, psi }, {})
      const half = changed(psi, (v) => v / 2)
      const weak = await measure(diracLosses, { theta, psi: half }, {})
      return [
        { label: 'distance', expected: strong.distance, actual: weak.distance },
        between(arithmetic, 'loss', weak.nonSaturating, null, strong.nonSaturating),
      ]
    },
  }),
  equivariance('one-product', {
    of: diracLosses,
    title: 'twice as far with half of the weight, the losses are the same and the distance is not',
    kills: [signsOnly, lossIsDistance],
    share: 0.3,
    inputs: ({ theta, psi }) => ({
      theta: changed(theta, (v) => 2 * v),
      psi: changed(psi, (v) => v / 2),
    }),
    outputs: ({ distance }, { arithmetic: { exact, multiply } }) => ({
      distance: build(distance.shape, (n) => multiply(exact(2), distance.at(n))),
    }),
  }),
  worked('nearer-and-worse', {
    of: diracLosses,
    title: 'a sample four times as far has a sixth of the loss of the nearer one',
    kills: [otherSign, exchangesLosses, inBits, lossIsDistance],
    inputs: { theta: tensor([2], [1, 4]), psi: tensor([2], [-8, -0.25]) },
    gives: {
      distance: [1, 4],
      nonSaturating: [about('8.000335'), about('1.313262')],
      saturating: [about('-0.000335'), about('-0.313262')],
    },
  }),
  worked('saturated', {
    of: diracLosses,
    title: 'logits of ± 10,000 have finite losses',
    kills: [byProbability, clampsLogits],
    inputs: { theta: tensor([2], [100, 100]), psi: tensor([2], [100, -100]) },
    gives: { saturating: [-10_000, 0], nonSaturating: [0, 10_000] },
  }),
)
