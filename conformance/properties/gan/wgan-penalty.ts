import { memberOf } from '../../../reference/arithmetic/array.ts'
import { clippedCritic } from '../../../spec/gan/wgan-lipschitz.ts'
import {
  gradientPenalty,
  gradientPenaltyGradient,
  penalizedCritic,
  penaltyPoints,
  statesOfCritic,
} from '../../../spec/gan/wgan-penalty.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import type { Definition } from '../../kit/definition.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { descends } from './wgan-lipschitz-faults.ts'
import { carry, ofStep, oneStep } from './wgan-lipschitz-steps.ts'
import {
  beginsAnew,
  biasesPay,
  descendsAll,
  drawsToZero,
  exchangesShares,
  forgetsPenalty,
  forgetsWeight,
  gradientOfSum,
  keepsHidden,
  keepsLastWeights,
  normOfBatch,
  normOfPixels,
  oneShare,
  oneSided,
  onRealOnly,
  paysNegative,
  pushesAway,
  shareOfChannel,
  squaredNorm,
  sumsPenalty,
  undefinedAtZero,
  undirected,
  withoutFactor,
} from './wgan-penalty-faults.ts'

/** What a critic is held to that pays for slopes other than 1, in place of a limit: of the clause of limits, too. */
export const penaltyDefinitions: readonly Definition[] = [
  ...agreementTwice(penaltyPoints, {
    kills: [exchangesShares, oneShare, shareOfChannel],
    share: 0.2,
    name: 'points',
  }),
  ...agreementTwice(
    gradientPenalty,
    {
      kills: [
        sumsPenalty,
        forgetsWeight,
        oneSided,
        normOfBatch,
        normOfPixels,
        squaredNorm,
        drawsToZero,
      ],
      share: 0.2,
      name: 'penalty',
    },
    // Few slopes that are not small integers are shorter than 1.
    { share: 0.4 },
  ),
  ...agreementTwice(
    gradientPenaltyGradient,
    {
      kills: [withoutFactor, undefinedAtZero, gradientOfSum, pushesAway, undirected],
      share: 0.2,
      name: 'penalty-gradient',
    },
    { kills: [withoutFactor, gradientOfSum, pushesAway, undirected] },
  ),
  ...agreementTwice(
    penalizedCritic,
    {
      kills: [forgetsPenalty, paysNegative, keepsLastWeights, keepsHidden, biasesPay, descendsAll],
      share: 0.3,
      name: 'penalized',
    },
    {
      kills: [
        forgetsPenalty,
        paysNegative,
        onRealOnly,
        keepsLastWeights,
        keepsHidden,
        biasesPay,
        descendsAll,
      ],
    },
  ),
  stepwise(penalizedCritic, {
    name: 'penalized-steps',
    states: statesOfCritic,
    step: penalizedCritic,
    carry,
    ask: ({ t, before, inputs: { real, generated, mix }, parameters }) => ({
      inputs: {
        ...before,
        real: ofStep(real!, t),
        generated: ofStep(generated!, t),
        mix: ofStep(mix!, t),
      },
      parameters,
    }),
    gives: (after) =>
      Object.fromEntries(statesOfCritic.map((name) => [name, memberOf(after[name]!, 0)])),
    kills: [beginsAnew],
    share: 0.15,
  }),
  law('no-penalty', {
    of: { ...penalizedCritic, dimensions: { ...penalizedCritic.dimensions, ...oneStep } },
    asks: [penalizedCritic, clippedCritic],
    title: 'without a penalty, and with a limit that nothing reaches, both critics do the same',
    kills: [descends, descendsAll],
    share: 0.15,
    async holds({ inputs, measure, parameters: { rate } }) {
      const penalized = await measure(penalizedCritic, inputs, { rate, weight: 0 })
      const { mix: _, ...others } = inputs
      const clipped = await measure(clippedCritic, others, { rate, limit: 2 ** 40 })
      return statesOfCritic.map((name) => ({
        label: name,
        expected: penalized[name],
        actual: clipped[name],
      }))
    },
  }),
  equivariance('biases-pay-nothing', {
    of: penalizedCritic,
    within: { ...penalizedCritic, dimensions: { ...penalizedCritic.dimensions, ...oneStep } },
    title: 'how much the penalty counts does not matter to biases',
    kills: [biasesPay],
    share: 0.15,
    parameters: ({ weight }) => ({ weight: weight + 1 }),
    compared: ({ discriminatorHiddenBias, discriminatorOutputBias }) => ({
      discriminatorHiddenBias,
      discriminatorOutputBias,
    }),
  }),
  law('both-layers', {
    of: { ...penalizedCritic, dimensions: { ...penalizedCritic.dimensions, ...oneStep } },
    asks: [penalizedCritic],
    title:
      'slopes are of degree 1 in each layer: weights times their penalty’s gradient is the same in both',
    kills: [keepsLastWeights, keepsHidden],
    share: 0.2,
    async holds({ arithmetic, array, inputs, measure, parameters: { weight } }) {
      const ask = (w: number) => measure(penalizedCritic, inputs, { rate: 1, weight: w })
      const [without, paid] = [await ask(0), await ask(weight)]
      const pull = (name: 'discriminatorHidden' | 'discriminatorOutput') => {
        const [before, after] = [memberOf(without[name], 0), memberOf(paid[name], 0)]
        const weights = array(name)
        return arithmetic.subtract(
          inner(arithmetic, weights, before),
          inner(arithmetic, weights, after),
        )
      }
      return [
        {
          label: '⟨W, dW⟩ = ⟨v, dv⟩',
          expected: scalar(pull('discriminatorHidden')),
          actual: scalar(pull('discriminatorOutput')),
        },
      ]
    },
  }),
  equivariance('all-axes', {
    of: gradientPenalty,
    title: 'where in a sample a number is does not matter to the penalty',
    kills: [normOfPixels],
    share: 0.15,
    inputs: ({ slopes }, { sizes: { M, H, W, K } }) => {
      // The numbers of each sample in columns instead of rows.
      const size = H! * W! * K!
      const from = (at: number) =>
        K! > 1 ? (at % (size / K!)) * K! + Math.floor(at / (size / K!)) : at
      return {
        slopes: changed(slopes, (_, at) => {
          const sample = Math.floor(at / size)
          return slopes.data[sample * size + (sample < M! ? from(at % size) : 0)]!
        }),
      }
    },
  }),
  worked('by-hand', {
    of: gradientPenalty,
    title: 'slopes 1 and −1 cost nothing, 0 as much as 2, and (3, 4) is 5 long',
    kills: [oneSided, normOfBatch, normOfPixels, squaredNorm, drawsToZero, sumsPenalty],
    cases: [
      {
        says: 'f(x) = ± x',
        inputs: { slopes: tensor([2, 1, 1, 1], [1, -1]) },
        parameters: { weight: 10 },
        gives: { penalty: [0] },
      },
      {
        says: 'none and twice',
        inputs: { slopes: tensor([2, 1, 1, 1], [0, 2]) },
        parameters: { weight: 10 },
        gives: { penalty: [10] },
      },
      {
        says: 'over two axes, and a slope of 0',
        inputs: { slopes: tensor([2, 2, 1, 2], [3, 0, 0, 4, 0, 0, 0, 0]) },
        parameters: { weight: 2 },
        gives: { penalty: [17] },
      },
    ],
  }),
  worked('gradient-by-hand', {
    of: gradientPenaltyGradient,
    title: 'along the slope, away from it where it is short, and 0 where there is none',
    kills: [withoutFactor, undefinedAtZero, pushesAway, undirected],
    inputs: {
      slopes: tensor([2, 1, 1, 2], [3, 4, 0, 0]),
      dPenalty: tensor([], [5]),
    },
    parameters: { weight: 1 },
    gives: { dSlopes: [12, 16, 0, 0] },
  }),
  worked('a-penalized-step', {
    of: penalizedCritic,
    title: 'a critic with the slope 2 between equal samples: both weights fall',
    kills: [forgetsPenalty, paysNegative, keepsLastWeights, keepsHidden],
    inputs: {
      discriminatorHidden: tensor([1, 1], [2]),
      discriminatorHiddenBias: tensor([1], [0]),
      discriminatorOutput: tensor([1], [1]),
      discriminatorOutputBias: tensor([], [0]),
      real: tensor([1, 1, 1], [1]),
      generated: tensor([1, 1, 1], [1]),
      mix: tensor([1, 1], [0.5]),
    },
    parameters: { rate: 0.5, weight: 0.5 },
    gives: { discriminatorHidden: [1.5], discriminatorOutput: [0] },
  }),
]
