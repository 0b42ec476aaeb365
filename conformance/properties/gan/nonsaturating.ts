import { build, elementwise, sum } from '../../../reference/arithmetic/array.ts'
import { generatorStep } from '../../../spec/gan/gen-update.ts'
import {
  fixedDiscriminatorGradient,
  generatorLosses,
  minimaxAndNonSaturating,
  nonSaturatingDivergence,
  nonSaturatingDivergenceClause,
  nonSaturatingDivergenceGradient,
  nonSaturatingGradient,
} from '../../../spec/gan/nonsaturating.ts'
import { free } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import { trainsDiscriminator } from './gen-update-faults.ts'
import {
  addsJsd,
  climbsLosses,
  divergenceInBits,
  fixedWithoutSoftmax,
  forgetsJsd,
  forgetsToNormalize,
  gradientForgetsUpstream,
  gradientOfGame,
  gradientOfKl,
  lossesInBits,
  movesDiscriminator,
  ofTheGame,
  oneForBoth,
  roundsProbability,
  slopesOfProbability,
  sumsGradients,
  swapsSlopes,
  takesOneJsd,
  takesSaturating,
  turnsKl,
  turnsSign,
} from './nonsaturating-faults.ts'

const minimaxProperties = properties(
  minimaxAndNonSaturating,
  ...agreementTwice(generatorLosses, {
    kills: [
      oneForBoth,
      climbsLosses,
      sumsGradients,
      swapsSlopes,
      slopesOfProbability,
      lossesInBits,
    ],
  }),
  law('one-sample', {
    of: { ...generatorLosses, dimensions: { ...generatorLosses.dimensions, M: free(1, 1, 'one') } },
    asks: [generatorLosses],
    title: 'of a single sample, one gradient is e^−a = (1 − D)/D times the other',
    values: 'reals',
    kills: [oneForBoth],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure }) {
      const { exp, multiply, negate } = arithmetic
      const answer = await measure(generatorLosses, inputs, {})
      const factor = exp(negate(array('logits').at(0)))
      return [
        {
          label: 'nonSaturatingGradient',
          expected: elementwise(answer.saturatingGradient, (g) => multiply(factor, g)),
          actual: answer.nonSaturatingGradient,
        },
      ]
    },
  }),
  worked('E-54', {
    of: generatorStep,
    title: 'the generator climbs ln D by its own parameters',
    kills: [trainsDiscriminator],
    inputs: {
      noise: tensor([1, 1], [0]),
      generatorHidden: tensor([1, 1], [0]),
      generatorHiddenBias: tensor([1], [0]),
      generatorOutput: tensor([1, 1], [0]),
      generatorOutputBias: tensor([1], [0]),
      discriminatorHidden: tensor([1, 1], [1]),
      discriminatorHiddenBias: tensor([1], [1]),
      discriminatorOutput: tensor([1], [1]),
      discriminatorOutputBias: tensor([], [-1]),
    },
    parameters: { rate: 1, loss: 'non-saturating' },
    notes: { generatorOutputBias: [0], discriminatorOutputBias: [-0.5] },
    gives: { generatorOutputBias: [0.5], discriminatorOutputBias: [-1] },
  }),
  worked('E-71', {
    of: generatorLosses,
    title: 'two samples with D = 0.1 and 0.9 may pull a parameter to opposite sides',
    kills: [oneForBoth, climbsLosses],
    inputs: {
      logits: tensor([2], [-Math.log(9), Math.log(9)]),
      jacobian: tensor([2, 1], [1, -1]),
    },
    parameters: {},
    notes: { nonSaturatingGradient: [0.4] },
    gives: {
      saturatingGradient: [about('0.400000')],
      nonSaturatingGradient: [about('-0.400000')],
    },
  }),
)

const slopeProperties = properties(
  nonSaturatingGradient,
  equivariance('other-side', {
    of: generatorLosses,
    title: 'with the sign of the logit, slopes change places, and so do losses with their signs',
    values: 'reals',
    kills: [slopesOfProbability],
    share: 0.3,
    inputs: ({ logits }) => ({ logits: changed(logits, (a) => -a) }),
    outputs: (answer, { arithmetic: { negate } }) => ({
      saturating: elementwise(answer.nonSaturating, negate),
      nonSaturating: elementwise(answer.saturating, negate),
      saturatingSlope: answer.nonSaturatingSlope,
      nonSaturatingSlope: answer.saturatingSlope,
      saturatingGradient: answer.nonSaturatingGradient,
      nonSaturatingGradient: answer.saturatingGradient,
    }),
  }),
  law('together', {
    of: generatorLosses,
    title: 'both slopes add up to −1, and both losses to −a',
    values: 'reals',
    kills: [slopesOfProbability, lossesInBits],
    share: 0.3,
    async holds({ arithmetic, array, exact, inputs, measure, sizes: { M } }) {
      const { add, negate } = arithmetic
      const answer = await measure(generatorLosses, inputs, {})
      const sums = (one: typeof answer.saturating, other: typeof answer.saturating) =>
        build(one.shape, (m) => add(one.at(m), other.at(m)))
      return [
        {
          label: 'slopes',
          expected: exact(filled([M!], -1)),
          actual: sums(answer.saturatingSlope, answer.nonSaturatingSlope),
        },
        {
          label: 'losses',
          expected: elementwise(array('logits'), negate),
          actual: sums(answer.saturating, answer.nonSaturating),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: generatorLosses,
    title: 'the slopes at 0, at −10, and where a discriminator is as sure as it can be',
    kills: [swapsSlopes, roundsProbability, slopesOfProbability],
    cases: [
      {
        inputs: { logits: tensor([1], [0]), jacobian: tensor([1, 1], [4]) },
        gives: {
          saturatingSlope: [-0.5],
          nonSaturatingSlope: [-0.5],
          saturatingGradient: [-2],
          nonSaturatingGradient: [-2],
        },
      },
      {
        inputs: { logits: tensor([1], [-10]), jacobian: tensor([1, 1], [1]) },
        gives: {
          saturatingSlope: [about('-4.54e-5')],
          nonSaturatingSlope: [about('-0.99995')],
        },
      },
      {
        inputs: { logits: tensor([2], [-10000, 10000]), jacobian: tensor([2, 1], [1, 1]) },
        gives: {
          saturating: [0, -10000],
          nonSaturating: [10000, 0],
          saturatingSlope: [0, -1],
          nonSaturatingSlope: [-1, 0],
        },
      },
    ],
  }),
)

const severalPoints = {
  ...nonSaturatingDivergence,
  dimensions: { N: free(2, 5, 'points') },
} as const

const [three, five] = [Math.log(3), Math.log(5)]

const divergenceProperties = properties(
  nonSaturatingDivergenceClause,
  ...agreementTwice(nonSaturatingDivergence, {
    name: 'divergence',
    kills: [forgetsJsd, addsJsd, takesOneJsd, turnsKl, ofTheGame, turnsSign, divergenceInBits],
    share: 0.6,
  }),
  ...agreementTwice(nonSaturatingDivergenceGradient, {
    name: 'gradient',
    kills: [gradientOfKl, gradientOfGame, gradientForgetsUpstream],
    share: 0.6,
  }),
  ...agreementTwice(fixedDiscriminatorGradient, {
    name: 'fixed',
    kills: [fixedWithoutSoftmax, movesDiscriminator, takesSaturating, forgetsToNormalize],
    share: 0.6,
  }),
  law('theorem', {
    of: nonSaturatingDivergence,
    asks: [nonSaturatingDivergenceGradient, fixedDiscriminatorGradient],
    title: 'the gradient before the fixed discriminator is that of the divergence',
    values: 'reals',
    kills: [gradientOfKl, gradientOfGame, movesDiscriminator, takesSaturating],
    share: 0.3,
    async holds({ inputs, measure }) {
      const asked = { ...inputs, dDivergence: scalar(1) }
      const { dTheta } = await measure(nonSaturatingDivergenceGradient, asked, {})
      const { gradient } = await measure(fixedDiscriminatorGradient, inputs, {})
      return [{ label: 'gradient', expected: dTheta, actual: gradient }]
    },
  }),
  law('balance', {
    of: severalPoints,
    asks: [fixedDiscriminatorGradient],
    title: 'the gradient by one score is the negative of that by all others together',
    values: 'reals',
    kills: [fixedWithoutSoftmax],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, sizes: { N } }) {
      const { gradient } = await measure(fixedDiscriminatorGradient, inputs, {})
      const others = sum(arithmetic, [N! - 1], (n) => gradient.at(n + 1))
      return [
        {
          label: 'gradient',
          expected: scalar(arithmetic.negate(others)),
          actual: scalar(gradient.at(0)),
        },
      ]
    },
  }),
  law('never-negative', {
    of: severalPoints,
    asks: [nonSaturatingDivergence],
    title: 'the divergence is at least 0',
    kills: [turnsSign],
    share: 0.2,
    async holds({ arithmetic, inputs, measure }) {
      const { divergence } = await measure(nonSaturatingDivergence, inputs, {})
      return [atMost(arithmetic, 'at least 0', arithmetic.exact(0), divergence.at())]
    },
  }),
  worked('two-points', {
    of: fixedDiscriminatorGradient,
    title: 'p = ¾, ¼ and q = ½, ½: D* = 3/5, 1/3, loss ½ ln 5, gradient ∓¼ ln 9/5',
    kills: [takesSaturating, movesDiscriminator, fixedWithoutSoftmax, forgetsToNormalize],
    inputs: { theta: tensor([2], [0, 0]), data: tensor([2], [3, 1]) },
    parameters: {},
    gives: {
      discriminator: [0.6, 1 / 3],
      loss: [five / 2],
      gradient: [(five - 2 * three) / 4, (2 * three - five) / 4],
    },
  }),
  worked('their-divergence', {
    of: nonSaturatingDivergence,
    title: 'the divergence of the same is 5/4 ln 5/6 + 3/4 ln 3/2',
    kills: [forgetsJsd, addsJsd, takesOneJsd, turnsKl, ofTheGame, divergenceInBits],
    inputs: { theta: tensor([2], [0, 0]), data: tensor([2], [3, 1]) },
    parameters: {},
    gives: { divergence: [about('0.076197')] },
  }),
)

export const nonSaturatingProperties = [
  ...minimaxProperties,
  ...slopeProperties,
  ...divergenceProperties,
]
